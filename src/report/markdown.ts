import type { Diagnostic, Report, Run } from "../diagnostic.ts";
import { docsUrl } from "./links.ts";
import { count, printable } from "./printable.ts";
import { counts, detailLines } from "./text.ts";

/**
 * GitHub flavoured Markdown, for comments and job summaries. What comes from a configuration stands in code only, where
 * no mark-up, link, mention or image of it can take effect.
 */
export function markdown(run: Run): string {
  const all = run.reports.flatMap(({ diagnostics }) => diagnostics);
  const result = all.length === 0 ? "no problems" : counts(all);
  return `${[`## pfha-lint: ${result}`, ...run.reports.map((report) => section(report, run))].join("\n\n")}\n`;
}

function section(report: Report, run: Run): string {
  const { primary, secondary, diagnostics, notApplicable, rulesChecked, accepted } = report;
  const title = report.name === undefined ? "" : `${code(report.name)}: `;
  const versions = primary.version === secondary.version ? [primary.version] : [primary.version, secondary.version];
  return [
    `### ${title}${diagnostics.length === 0 ? "no problems" : counts(diagnostics)}`,
    [
      `- Primary: ${code(primary.source.path)}${named(primary.name)}`,
      `- Secondary: ${code(secondary.source.path)}${named(secondary.name)}`,
      `- Config version: ${versions.map((version) => (version === "" ? "unknown" : code(version))).join(" and ")}`,
      `- ${count(rulesChecked, "rule")} checked, ${notApplicable.length} not applicable, ${count(accepted.length, "accepted finding")}`,
    ].join("\n"),
    ...diagnostics.map((diagnostic) => entry(diagnostic, report, run)),
  ].join("\n\n");
}

const named = (name: string): string => (name === "" ? "" : `, ${code(name)}`);

function entry(diagnostic: Diagnostic, report: Report, run: Run): string {
  const { at, severity, rule, message } = diagnostic;
  const { line, column } = at.source.position(at.start);
  const body = [printable(message), ...detailLines(diagnostic, report.secrets)].join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(body) + 1));
  const place = code(`${at.source.path}:${line}:${column}`);
  return `**${severity}** at ${place}: [${rule}](${docsUrl(rule, run)})\n\n${fence}text\n${body}\n${fence}`;
}

/** A code span that holds any text. */
function code(text: string): string {
  const shown = printable(text);
  const ticks = "`".repeat(longestRun(shown) + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
