import type { Report, Run } from "../../src/diagnostic.ts";
import type { LintSettings } from "../../src/lint.ts";
import { rules } from "../../src/rules/index.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { lintFiles, readFiles } from "./pair.ts";

/** Some rules that are the same from release to release, so that goldens of formats do not change with every new rule. */
export const someRules: readonly Rule[] = rules.filter(({ id }) =>
  ["carp-advskew-order", "version-match"].includes(id),
);

export const runOf = (reports: readonly Report[], exitCode = 0): Run => ({
  toolVersion: "0.0.0",
  exitCode,
  failOn: "error",
  reports,
});

/** A run over pairs in folders below fixtures/. */
export async function runOver(
  folders: readonly string[],
  chosen: readonly Rule[] = someRules,
  settings: LintSettings = {},
): Promise<Run> {
  const reports: Report[] = [];
  for (const folder of folders) reports.push(await lintFiles(readFiles(folder), chosen, settings));
  return runOf(reports, reports.some(({ diagnostics }) => diagnostics.length > 0) ? 1 : 0);
}
