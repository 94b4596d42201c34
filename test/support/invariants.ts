import { createHash } from "node:crypto";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { plan } from "../../src/behaviour/plan.ts";
import { simulate } from "../../src/behaviour/simulate.ts";
import { type Cluster, clusterOf } from "../../src/cluster/cluster.ts";
import type { Diagnostic, Report, Run } from "../../src/diagnostic.ts";
import { applyEdits } from "../../src/emit/apply.ts";
import { encode } from "../../src/emit/encode.ts";
import { disagreement } from "../../src/emit/reading.ts";
import { readAgain } from "../../src/emit/second-reader.ts";
import { fixCluster } from "../../src/fix/fix.ts";
import { problemOf } from "../../src/fix/harm.ts";
import { readingOf } from "../../src/fix/verify.ts";
import { lintCluster } from "../../src/lint.ts";
import { type Config, parseConfig } from "../../src/model/config.ts";
import { proxmoxKind, readProxmox } from "../../src/model/proxmox/files.ts";
import { toValue } from "../../src/model/value.ts";
import { decode } from "../../src/parser/decode.ts";
import type { XmlDocument } from "../../src/parser/xml-document.ts";
import { formats } from "../../src/report/index.ts";
import { planJson } from "../../src/report/plan-json.ts";
import { planText } from "../../src/report/plan-text.ts";
import { simulationJson } from "../../src/report/simulate-json.ts";
import { simulationText } from "../../src/report/simulate-text.ts";
import { rules as allRules } from "../../src/rules/index.ts";
import type { Rule } from "../../src/rules/rule.ts";
import type { Source, Span } from "../../src/source.ts";
import { Broken, broken } from "./broken.ts";
import { checkCommandLine } from "./command-lines.ts";
import type { FuzzInput } from "./fuzz-input.ts";

/**
 * What must hold for any two files whatever, and for what lies beside them.
 * @returns what does not, its kind in the first line; undefined if all does
 */
export async function checkInvariants(
  input: FuzzInput,
  rules: readonly Rule[] = allRules,
): Promise<string | undefined> {
  try {
    const { cluster, sources } = clusterFrom(input);
    const configs = cluster.nodes.map(({ config }) => config);
    for (const config of configs) {
      if (config.tree.present) toValue(config.tree, config.dialect.isList);
      if (config.document) checkSecondReader(config);
    }
    const report = await lintCluster(cluster, rules);
    checkSpans(report, sources);
    if (report.readable !== configs.every(({ loads }) => loads)) broken("a readable pair that does not load");
    const digest = createHash("sha256").update(input.primary).update(input.secondary).digest();
    await checkReports(report, (digest[2] ?? 0) % formats.size);
    checkFixes(report, configs);
    checkForecasts(cluster);
    if (rules !== allRules) return undefined;
    if (report.readable && (digest[0] ?? 0) % 4 === 0) await checkAllFixes(cluster, rules);
    if ((digest[0] ?? 0) % 2 === 0) await checkCommandLine(input, digest[1] ?? 0);
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error.message;
    const { stack = "" } = error as Error;
    return `throws ${placeOf(stack)}\n${stack}`;
  }
}

/** Where in the product it happened, and what; nothing of the input, which would make every failure another one. */
export function placeOf(stack: string): string {
  const [message = "", ...frames] = stack.split("\n");
  const frame = frames.find((line) => line.includes("src/") || line.includes("fuzz")) ?? frames[0] ?? "";
  return `${message.split(":")[0]} ${/^\s*at (?:async )?([\w.#<>[\] ]+?) \(/.exec(frame)?.[1] ?? frame.trim()}`;
}

function clusterFrom({ primary, secondary, others = {} }: FuzzInput): {
  cluster: Cluster;
  sources: ReadonlySet<Source>;
} {
  const wires = Object.entries(others)
    .filter(([path]) => proxmoxKind(path) !== undefined)
    .map(([path, bytes]) => decode(path, bytes).source);
  const files = readProxmox(wires);
  const cluster = clusterOf(
    parseConfig(decode("primary.xml", primary)),
    parseConfig(decode("secondary.xml", secondary)),
    undefined,
    wires.length > 0 && files.faults.length === 0 ? { files } : undefined,
  );
  return { cluster, sources: new Set([...cluster.nodes.map(({ config }) => config.source), ...wires]) };
}

/** What both readers accept they read alike: elements, their places, character data as written and as decoded. */
function checkSecondReader({ document, source }: Config): void {
  if (!document?.complete || document.faults.length > 0 || document.size === 0) return;
  const other = attempt(() => readAgain(source.text));
  if (!other) return;
  const offset = disagreement(readingOf(document), other);
  if (offset !== undefined) broken("two readers disagree", `at ${offset}: ${source.text.slice(offset, offset + 80)}`);
  const values = attempt(() => secondValues(source.text));
  const own = Array.from({ length: document.size }, (_, element) => decodedText(document, element));
  if (values && JSON.stringify(values) !== JSON.stringify(own)) {
    const i = own.findIndex((text, at) => text !== values[at]);
    broken("two readers disagree about a value", `${JSON.stringify(own[i])} and ${JSON.stringify(values[i])}`);
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** References to characters by number are none of fast-xml-parser's strengths: both keep those as they are. */
const numbered = /&#/;

function decodedText(document: XmlDocument, element: number): string {
  let text = "";
  for (const piece of document.pieces(element)) {
    const raw = document.source.text.slice(piece.start, piece.end);
    text += piece.kind === "reference" && numbered.test(raw) ? raw : piece.text;
  }
  return text;
}

type Node = Readonly<Record<string, unknown>>;

/** The decoded text directly in each element, as fast-xml-parser decodes it, in document order. */
function secondValues(text: string): readonly string[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: true,
    trimValues: false,
    processEntities: { enabled: true, maxTotalExpansions: 1e6, maxExpandedLength: 1e8 },
    parseTagValue: false,
    commentPropName: "#comment",
    cdataPropName: "#cdata",
    transformTagName: (name) => `=${name}`,
    maxNestedTags: 258,
  });
  const values: string[] = [];
  const walk = (nodes: readonly Node[]): string => {
    let own = "";
    for (const node of nodes) {
      const key = Object.keys(node)[0] ?? "";
      const inside = node[key] as string | readonly Node[];
      if (key === "#text") own += String(inside);
      else if (key === "#cdata") own += String((inside as readonly Node[])[0]?.["#text"] ?? "");
      else if (key.startsWith("=") && !key.startsWith("=?")) {
        const at = values.push("") - 1;
        values[at] = walk(inside as readonly Node[]);
      }
    }
    return own;
  };
  walk(parser.parse(text) as readonly Node[]);
  return values.map((value) => value.replace(/\r\n?/g, "\n"));
}

function checkSpans({ diagnostics, accepted, secrets }: Report, sources: ReadonlySet<Source>): void {
  const isInside = ({ source, start, end }: Span): boolean =>
    sources.has(source) && 0 <= start && start <= end && end <= source.text.length;
  for (const diagnostic of [...diagnostics, ...accepted.map((one) => one.diagnostic)]) {
    if (!spansOf(diagnostic).every(isInside)) broken(`a span outside its file: ${diagnostic.rule}`);
  }
  if (!secrets.every(isInside)) broken("a secret outside its file");
}

const spansOf = ({ at, related, fix }: Diagnostic): readonly Span[] => [
  at,
  ...related.map((other) => other.at),
  ...(fix?.edits.map((edit) => edit.at) ?? []),
];

const gnu = /^(.+?):(\d+):(\d+): (error|warning|info): (.*) \[([a-z0-9-]+)\]$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not occur.
const unprintable = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

/** Every format prints a run in one way only, in its own grammar, and nothing that a terminal acts upon. */
async function checkReports(report: Report, twice: number): Promise<void> {
  const run: Run = { toolVersion: "0.0.0", exitCode: 0, failOn: "error", reports: [report] };
  for (const [index, [name, load]] of [...formats].entries()) {
    const render = await load();
    const once = render(run);
    if (index === twice && once !== render(run)) broken(`the format ${name} prints the same run in two ways`);
    const found = unprintable.exec(once);
    if (found) broken(`the format ${name} prints what a terminal acts upon`, JSON.stringify(found[0]));
    const shown = shownBy(name, once);
    if (shown !== undefined && shown !== report.diagnostics.length) {
      broken(`the format ${name} does not hold every diagnostic once`, `${shown} of ${report.diagnostics.length}`);
    }
  }
}

/** How many diagnostics a program finds in a report; undefined for formats that only people read. Throws if it cannot. */
function shownBy(name: string, output: string): number | undefined {
  if (name === "text" || name === "compact") return output.split("\n").filter((line) => gnu.test(line)).length;
  if (name === "json") return JSON.parse(output).clusters[0].diagnostics.length;
  if (name === "sarif") return JSON.parse(output).runs[0].results.filter(isOpen).length;
  if (name === "gitlab") return JSON.parse(output).length;
  if (name === "github") return output.split("\n").filter((line) => /^::(?:error|warning|notice) /.test(line)).length;
  if (name !== "junit" && name !== "checkstyle") return undefined;
  const valid = XMLValidator.validate(output);
  if (valid !== true) broken(`the format ${name} is no XML`, valid.err.msg);
  return name === "checkstyle" ? (output.match(/<error /g)?.length ?? 0) : undefined;
}

const isOpen = ({ suppressions }: { suppressions?: readonly unknown[] }): boolean => !suppressions?.length;

/** What will be is told of any pair, in text that a terminal does not act upon. */
function checkForecasts(cluster: Cluster): void {
  const [planned, simulation] = [plan(cluster), simulate(cluster)];
  JSON.parse(planJson(planned, "0.0.0"));
  JSON.parse(simulationJson(simulation, "0.0.0"));
  for (const text of [planText(planned), simulationText(simulation, { verbose: true })]) {
    const found = unprintable.exec(text);
    if (found) broken("a plan or a simulation prints what a terminal acts upon", JSON.stringify(found[0]));
  }
}

/** Each fix, alone, gives files that load if they loaded before. */
function checkFixes(report: Report, configs: readonly Config[]): void {
  for (const { rule, fix } of report.diagnostics) {
    for (const { source, loads } of fix ? configs : []) {
      const text = applyEdits(source, fix?.edits ?? []);
      if (loads && !reread(source.path, new TextEncoder().encode(text)).loads) {
        broken(`a fix whose result does not load: ${rule}`);
      }
    }
  }
}

const reread = (path: string, bytes: Uint8Array): Config => parseConfig(decode(path, bytes));

/** All fixes together: nothing fixable is left, what is written loads and reads back as it was. */
async function checkAllFixes(cluster: Cluster, rules: readonly Rule[]): Promise<void> {
  const outcome = await fixCluster(cluster, rules, {}, { nodes: ["primary", "secondary"], unsafe: true });
  const { primary, secondary, leftOut, after } = outcome;
  for (const { before, after: fixed } of [primary, secondary]) {
    const { source } = fixed;
    if (before === fixed) continue;
    const again = reread(source.path, encode(source.text, before.source.encoding));
    if (!again.loads) broken("the result of all fixes does not load");
    if (again.source.text !== source.text) broken("the result of all fixes does not read back as it was");
  }
  const known = new Set(leftOut.map(({ diagnostic }) => problemOf(diagnostic)));
  const left = after.diagnostics.find((one) => one.fix && !known.has(problemOf(one)));
  if (left) broken(`something fixable is left: ${left.rule}`);
}
