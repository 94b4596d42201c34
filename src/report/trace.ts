import type { Span } from "../source.ts";
import { holds, type Trace, type TraceQuery, type TraceResult, type Verdict } from "../trace.ts";
import { count, jsonText, printable } from "./printable.ts";
import { noPaint, type Paint } from "./text.ts";

/**
 * For people: one block a packet, then how many passed.
 * @param quiet without the last
 */
export function traceText(trace: Trace, paint: Paint = noPaint, quiet = false): string {
  const blocks = trace.results.map((result) => `${block(result, paint)}\n`);
  return [...blocks, ...(quiet ? [] : [summary(trace, paint)])].join(trace.results.length > 1 ? "\n" : "");
}

function block(result: TraceResult, paint: Paint): string {
  const { query, verdict, why, at, help, doubts } = result;
  const lines = [`${verdictWord(verdict, paint)} ${packetTitle(query)}`, `  ${printable(why)}`];
  if (at) lines.push(`  at ${placeText(at)}`);
  if (!holds(result)) lines.push(`  ${paint.severity.error(`expected ${query.expect}, found ${verdict}`)}`);
  if (verdict !== "unknown")
    for (const doubt of doubts) lines.push(`  note: ${printable(doubt)}, which changes nothing here`);
  if (help !== undefined) lines.push(`  help: ${printable(help)}`);
  return lines.join("\n");
}

const verdictWord = (verdict: Verdict, paint: Paint): string => {
  const words = { pass: paint.strong, block: paint.severity.error, unknown: paint.severity.warning };
  return words[verdict](`${verdict}:`.padEnd(verdict === "unknown" ? 0 : 6));
};

function packetTitle(query: TraceQuery): string {
  const port = query.port === null ? "" : ` port ${query.port}`;
  const from = query.sourcePort === null ? "" : ` port ${query.sourcePort}`;
  return printable(
    `${query.protocol} ${query.direction} on ${query.interface}, from ${query.source}${from} to ${query.destination}${port}`,
  );
}

function placeText({ source, start }: Span): string {
  const { line, column } = source.position(start);
  return `${printable(source.path)}:${line}:${column}`;
}

function summary({ source, node, results }: Trace, paint: Paint): string {
  if (results.length === 1 && results.every(holds)) return "";
  const of = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  const parts = (["pass", "block", "unknown"] as const).flatMap((verdict) =>
    of(verdict) > 0 ? `${of(verdict)} ${verdict}` : [],
  );
  const failed = results.filter((result) => !holds(result)).length;
  const asked = results.filter(({ query }) => query.expect !== null).length;
  const outcome = asked === 0 ? "" : failed === 0 ? "; all as expected" : `; ${failed} not as expected`;
  const name = node === "" ? "" : ` (${printable(node)})`;
  return paint
    .dim(`${count(results.length, "packet")} in ${printable(source.path)}${name}: ${parts.join(", ")}${outcome}`)
    .concat("\n");
}

/** For programs: an array, described by schema/trace.schema.json. */
export function traceJson({ results }: Trace): string {
  const items = results.map((result) => {
    const { query, verdict, rule, automatic, why, doubts, help } = result;
    return {
      query,
      verdict,
      rule: rule
        ? {
            subject: rule.subject,
            file: rule.at.source.path,
            start: rule.at.source.position(rule.at.start),
            description: rule.description,
          }
        : null,
      automatic: automatic ?? null,
      why,
      doubts,
      help: help ?? null,
      ok: holds(result),
    };
  });
  return jsonText(items);
}
