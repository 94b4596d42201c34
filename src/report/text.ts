import type { Diagnostic, Report, Run, Severity } from "../diagnostic.ts";
import type { Span } from "../source.ts";
import { frameOf } from "./frame.ts";
import { count, printable } from "./printable.ts";

/** How parts of the text report are marked on a terminal; the identity elsewhere. */
export interface Paint {
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  readonly place: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

const same = (text: string): string => text;
export const noPaint: Paint = {
  severity: { error: same, warning: same, info: same },
  place: same,
  dim: same,
  strong: same,
};

export interface TextOptions {
  readonly paint?: Paint;
  /** Only what is worth a line of its own: no summary of a clean pair. */
  readonly quiet?: boolean;
  /** Also why rules were not applicable. */
  readonly verbose?: boolean;
}

/**
 * For people, and for anything that reads GNU style lines: the first line of each diagnostic matches
 * `^(.+?):(\d+):(\d+): (error|warning|info): (.*) \[([a-z0-9-]+)\]$`, and no other line does.
 */
export function text(run: Run, options: TextOptions = {}): string {
  const paint = options.paint ?? noPaint;
  return run.reports.map((report) => reportText(report, paint, options)).join(run.reports.length > 1 ? "\n" : "");
}

/** Only the first line of each diagnostic. */
export const compact = (run: Run): string =>
  run.reports
    .flatMap(({ diagnostics }) => diagnostics.map((diagnostic) => `${headline(diagnostic, noPaint)}\n`))
    .join("");

function reportText(report: Report, paint: Paint, options: TextOptions): string {
  const blocks = report.diagnostics.map((diagnostic) => `${block(diagnostic, report.secrets, paint)}\n`);
  if (blocks.length > 0 || !options.quiet) blocks.push(summary(report, paint, options.verbose ?? false));
  return blocks.join("");
}

function block(diagnostic: Diagnostic, secrets: readonly Span[], paint: Paint): string {
  const lines = [headline(diagnostic, paint), ...frame(diagnostic.at, secrets, paint)];
  for (const { at, message } of diagnostic.related) {
    lines.push(`  ${place(at, paint)}: ${printable(message)}`);
  }
  if (diagnostic.fix) {
    const unsafe = diagnostic.fix.safe ? "" : " (unsafe: may change traffic)";
    lines.push(`  ${paint.strong("fix:")} ${printable(diagnostic.fix.title)}${unsafe}`);
  } else if (diagnostic.help !== undefined) {
    lines.push(`  ${paint.strong("help:")} ${printable(diagnostic.help)}`);
  }
  return `${lines.map((line, i) => (i === 0 ? line : unlike(line))).join("\n")}\n`;
}

function headline({ at, severity, message, rule }: Diagnostic, paint: Paint): string {
  return `${place(at, paint)}: ${paint.severity[severity](severity)}: ${printable(message)} ${paint.dim(`[${rule}]`)}`;
}

function place({ source, start }: Span, paint: Paint): string {
  const { line, column } = source.position(start);
  return paint.place(`${printable(source.path)}:${line}:${column}`);
}

function frame(at: Span, secrets: readonly Span[], paint: Paint): string[] {
  const { line, text: shown, caret } = frameOf(at, secrets);
  const number = String(line);
  return [
    `  ${paint.dim(`${number} |`)} ${shown}`,
    `  ${paint.dim(`${" ".repeat(number.length)} |`)} ${paint.severity.error(caret)}`,
  ].map((text) => text.trimEnd());
}

const firstLine = /:\d+:\d+: (?:error|warning|info): .* \[[a-z0-9-]+\]$/;

/** A line of the configuration may look like a diagnostic; a blank at its end tells editors that it is none. */
const unlike = (line: string): string => (firstLine.test(line) ? `${line} ` : line);

function summary(report: Report, paint: Paint, verbose: boolean): string {
  const { diagnostics, notApplicable, rulesChecked, accepted } = report;
  const counts = (["error", "warning", "info"] as const).map((severity) =>
    count(diagnostics.filter((diagnostic) => diagnostic.severity === severity).length, severity),
  );
  const fixable = diagnostics.filter(({ fix }) => fix?.safe).length;
  const unsafe = diagnostics.filter(({ fix }) => fix && !fix.safe).length;
  const checked = `${count(rulesChecked, "rule")} checked, ${notApplicable.length} not applicable${
    accepted.length > 0 ? `, ${count(accepted.length, "accepted finding")}` : ""
  }`;
  const reasons = verbose
    ? notApplicable.map(({ rule, reason }) => `  not applicable: ${rule}: ${printable(reason)}\n`)
    : [];
  const name = report.name === undefined ? "" : `${printable(report.name)}: `;
  if (diagnostics.length === 0) {
    return `${paint.strong(`${name}no problems`)} in ${nodes(report)}; ${checked}\n${reasons.join("")}`;
  }
  const fixes = [
    fixable > 0 ? `${fixable} fixable with \`pfha-lint fix\`` : "",
    unsafe > 0 ? `${unsafe} more with --unsafe` : "",
  ].filter((part) => part !== "");
  const tail = fixes.length > 0 ? `; ${fixes.join(", ")}` : "";
  return `${paint.strong(`${name}${counts.join(", ")}`)} in ${nodes(report)}${tail}\n${checked}\n${reasons.join("")}`;
}

function nodes({ primary, secondary }: Report): string {
  const describe = (node: Report["primary"], role: string): string =>
    `${printable(node.source.path)} (${[role, printable(node.name)].filter((part) => part !== "").join(", ")})`;
  const versions =
    primary.version === secondary.version ? primary.version : `${primary.version} and ${secondary.version}`;
  return `${describe(primary, "primary")} and ${describe(secondary, "secondary")}, config ${printable(versions) || "unknown"}`;
}
