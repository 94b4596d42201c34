import { type Diagnostic, type Report, type Run, type Severity, severities } from "../diagnostic.ts";
import type { Span } from "../source.ts";
import { frameFor } from "./frame.ts";
import { count, printable } from "./printable.ts";

/** How parts of the text report are marked on a terminal; the identity elsewhere. */
export interface Paint {
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  readonly place: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

const same = (text: string): string => text;
export const noPaint: Paint = {
  severity: { error: same, warning: same, info: same },
  place: same,
  good: same,
  bad: same,
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

/** What the first line of each diagnostic matches, and no other line of the report: for editors and scripts. */
export const gnuPattern = "^(.+?):(\\d+):(\\d+): (error|warning|info): (.*) \\[([a-z0-9-]+)\\]$";

/** For people, and for anything that reads lines of that pattern. */
export function text(run: Run, options: TextOptions = {}): string {
  const paint = options.paint ?? noPaint;
  const blocks = run.reports.map((report) => reportText(report, paint, options));
  if (run.reports.length > 1 && !options.quiet) blocks.push(total(run, paint));
  return blocks.filter((block) => block !== "").join(run.reports.length > 1 ? "\n" : "");
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
  const details = [...frame(diagnostic, secrets, paint), ...proof(diagnostic, paint), ...remedy(diagnostic, paint)];
  return `${[headline(diagnostic, paint), ...details.map(unlike)].join("\n")}\n`;
}

const proof = ({ related }: Diagnostic, paint: Paint): string[] =>
  related.map(({ at, message }) => `  ${place(at, paint)}: ${printable(message)}`);

function remedy({ fix, help }: Diagnostic, paint: Paint): string[] {
  if (fix) {
    const unsafe = fix.safe ? "" : " (unsafe: may change traffic)";
    return [`  ${paint.strong("fix:")} ${printable(fix.title)}${unsafe}`];
  }
  return help === undefined ? [] : [`  ${paint.strong("help:")} ${printable(help)}`];
}

/** One diagnostic as the text report shows it, without colours and without its first line. */
export const detailLines = (diagnostic: Diagnostic, secrets: readonly Span[]): readonly string[] =>
  block(diagnostic, secrets, noPaint).trimEnd().split("\n").slice(1);

function headline({ at, severity, message, rule }: Diagnostic, paint: Paint): string {
  return `${place(at, paint)}: ${paint.severity[severity](severity)}: ${printable(message)} ${paint.dim(`[${rule}]`)}`;
}

function place({ source, start }: Span, paint: Paint): string {
  const { line, column } = source.position(start);
  return paint.place(`${printable(source.path)}:${line}:${column}`);
}

function frame(diagnostic: Diagnostic, secrets: readonly Span[], paint: Paint): string[] {
  const { line, text: shown, caret } = frameFor(diagnostic, secrets);
  const number = String(line);
  return [
    `  ${paint.dim(`${number} |`)} ${shown}`,
    `  ${paint.dim(`${" ".repeat(number.length)} |`)} ${paint.severity[diagnostic.severity](caret)}`,
  ].map((text) => text.trimEnd());
}

const firstLine = new RegExp(gnuPattern);
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that paint a terminal begin with one.
const colours = /\x1b\[[0-9;]*m/g;

/** Any other line, also one that quotes the configuration: a blank at its end tells editors that it is no first line. */
const unlike = (line: string): string => (firstLine.test(line.replace(colours, "")) ? `${line} ` : line);

function summary(report: Report, paint: Paint, verbose: boolean): string {
  const { diagnostics, notApplicable, rulesChecked, accepted } = report;
  const fixable = diagnostics.filter(({ fix }) => fix?.safe).length;
  const unsafe = diagnostics.filter(({ fix }) => fix && !fix.safe).length;
  const checked = `${count(rulesChecked, "rule")} checked, ${notApplicable.length} not applicable${
    accepted.length > 0 ? `, ${count(accepted.length, "accepted finding")}` : ""
  }`;
  const reasons = verbose
    ? notApplicable.map(({ rule, reason }) => `  not applicable: ${rule}: ${printable(reason)}`)
    : [];
  const name = report.name === undefined ? "" : `${printable(report.name)}: `;
  if (diagnostics.length === 0) {
    return lines(`${paint.strong(`${name}no problems`)} in ${nodes(report)}; ${checked}`, ...reasons);
  }
  const fixes = [
    fixable > 0 ? `${fixable} fixable with \`pfha-lint fix\`` : "",
    unsafe > 0 ? `${unsafe} more with --unsafe` : "",
  ].filter((part) => part !== "");
  const tail = fixes.length > 0 ? `; ${fixes.join(", ")}` : "";
  const found = paint.strong(`${name}${counts(diagnostics)}`);
  return lines(`${found} in ${nodes(report)}${tail}`, checked, ...reasons);
}

const lines = (...all: readonly string[]): string => all.map((line) => `${unlike(line)}\n`).join("");

/** `2 errors, 1 warning, 0 infos`. */
export const counts = (diagnostics: readonly Diagnostic[]): string =>
  severities
    .map((severity) => count(diagnostics.filter((diagnostic) => diagnostic.severity === severity).length, severity))
    .join(", ");

function total({ reports }: Run, paint: Paint): string {
  const all = reports.flatMap(({ diagnostics }) => diagnostics);
  const found = all.length === 0 ? "no problems" : counts(all);
  return lines(`${paint.strong(found)} in ${count(reports.length, "cluster")}`);
}

function nodes({ primary, secondary }: Report): string {
  const describe = (node: Report["primary"], role: string): string =>
    `${printable(node.source.path)} (${[role, printable(node.name)].filter((part) => part !== "").join(", ")})`;
  const versions = [...new Set([primary.version, secondary.version])].map((version) => printable(version) || "unknown");
  return `${describe(primary, "primary")} and ${describe(secondary, "secondary")}, config ${versions.join(" and ")}`;
}
