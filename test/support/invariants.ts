import { clusterOf } from "../../src/cluster/cluster.ts";
import type { Diagnostic, Report, Run } from "../../src/diagnostic.ts";
import { applyEdits } from "../../src/emit/apply.ts";
import { lintCluster } from "../../src/lint.ts";
import { type Config, parseConfig } from "../../src/model/config.ts";
import { toValue } from "../../src/model/value.ts";
import { decode } from "../../src/parser/decode.ts";
import { formats } from "../../src/report/index.ts";
import { rules } from "../../src/rules/index.ts";
import type { Span } from "../../src/source.ts";

/** The bytes of two files. */
export interface FuzzPair {
  readonly primary: Uint8Array;
  readonly secondary: Uint8Array;
}

/** What must hold for any two files whatever. Returns what does not, its kind in the first line; undefined if all does. */
export async function checkInvariants({ primary, secondary }: FuzzPair): Promise<string | undefined> {
  try {
    const first = parseConfig(decode("primary.xml", primary));
    const second = parseConfig(decode("secondary.xml", secondary));
    const configs = [first, second];
    for (const config of configs) if (config.tree.present) toValue(config.tree, config.dialect.isList);
    const report = await lintCluster(clusterOf(first, second), rules);
    const misplaced = report.diagnostics.find((diagnostic) =>
      spansOf(diagnostic).some((span) => !isInside(span, configs)),
    );
    if (misplaced) return `a span outside its file: ${misplaced.rule}`;
    if (report.readable !== configs.every(({ loads }) => loads)) return "a readable pair that does not load";
    await checkReports(report);
    return checkFixes(report, configs);
  } catch (error) {
    const { stack = "" } = error as Error;
    const [message = "", ...frames] = stack.split("\n");
    return `throws: ${message.slice(0, 80)} ${frames.find((frame) => frame.includes("src/")) ?? frames[0]}\n${stack}`;
  }
}

const spansOf = ({ at, related, fix }: Diagnostic): readonly Span[] => [
  at,
  ...related.map((other) => other.at),
  ...(fix?.edits.map((edit) => edit.at) ?? []),
];

const isInside = ({ source, start, end }: Span, configs: readonly Config[]): boolean =>
  configs.some((config) => config.source === source) && 0 <= start && start <= end && end <= source.text.length;

async function checkReports(report: Report): Promise<void> {
  const run: Run = { toolVersion: "0.0.0", exitCode: 0, failOn: "error", reports: [report] };
  for (const [name, load] of formats) {
    const render = await load();
    const [once, again] = [render(run), render(run)];
    if (once !== again) throw new Error(`the format ${name} prints the same run in two ways`);
  }
}

/** Each fix, alone, gives files that load if they loaded before. */
function checkFixes(report: Report, configs: readonly Config[]): string | undefined {
  for (const { rule, fix } of report.diagnostics) {
    for (const { source, loads } of fix ? configs : []) {
      const text = applyEdits(source, fix?.edits ?? []);
      if (loads && !parseConfig(decode(source.path, new TextEncoder().encode(text))).loads) {
        return `a fix whose result does not load: ${rule}`;
      }
    }
  }
  return undefined;
}
