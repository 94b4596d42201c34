import { Cluster } from "../cluster/cluster.ts";
import {
  compareDiagnostics,
  type Diagnostic,
  type Fix,
  type NodeRole,
  type Report,
  severities,
} from "../diagnostic.ts";
import { applyEdits, compatible } from "../emit/apply.ts";
import type { Region } from "../emit/diff.ts";
import { type LintSettings, lintCluster } from "../lint.ts";
import { type Config, parseConfig } from "../model/config.ts";
import type { Rule } from "../rules/rule.ts";
import { addRegions, type Mark, moveMarks, type RuledEdit } from "./marks.ts";
import { Rejected, type Step, verifySteps } from "./verify.ts";

export type { Mark } from "./marks.ts";
export { Rejected } from "./verify.ts";

/** Which fixes are wanted. By default: those that are safe, of any rule, in the secondary only. */
export interface FixSettings {
  /** Nodes whose file may be edited. */
  readonly nodes?: readonly NodeRole[];
  /** Also those that may change traffic. */
  readonly unsafe?: boolean;
  /** Only those of these rules. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Only of diagnostics that pass: not of those that the owners accepted. */
  readonly wanted?: (diagnostic: Diagnostic) => boolean;
}

/** One node's file, before and after. */
export interface FixedFile {
  readonly before: Config;
  readonly after: Config;
  /** What the rules changed, by offsets in the text afterwards. */
  readonly marks: readonly Mark[];
  /** Where the two texts differ, in order. */
  readonly regions: readonly Region[];
}

export interface FixOutcome {
  readonly primary: FixedFile;
  readonly secondary: FixedFile;
  /** Diagnostics whose fix was applied, in order. Their places are in the text that they were found in. */
  readonly applied: readonly (Diagnostic & { readonly fix: Fix })[];
  readonly before: Report;
  readonly after: Report;
}

/** More rounds than this mean that rules undo each other's work. */
const maxRounds = 100;

/**
 * Applies fixes until none is left: whole ones only, those that collide one after the other. Each round is linted like
 * a new pair. A pair that pfSense would not load is left alone.
 * @throws Rejected if the outcome is not what the edits ask for, or has a problem that the pair did not have
 */
export async function fixCluster(
  cluster: Cluster,
  rules: readonly Rule[],
  lintSettings: LintSettings = {},
  settings: FixSettings = {},
): Promise<FixOutcome> {
  const before = await lintCluster(cluster, rules, lintSettings);
  const steps: Record<NodeRole, Step[]> = { primary: [], secondary: [] };
  const marks: Record<NodeRole, readonly Mark[]> = { primary: [], secondary: [] };
  const regions: Record<NodeRole, readonly Region[]> = { primary: [], secondary: [] };
  let applied: readonly Fixable[] = [];
  let current = cluster;
  let after = before;
  for (let round = 0; before.readable; round++) {
    const chosen = compatible(
      after.diagnostics.filter((one): one is Fixable => wanted(one, current, settings)).sort(worstFirst),
    );
    if (chosen.length === 0) break;
    if (round === maxRounds) throw endless(chosen);
    const edits = chosen.flatMap(({ rule, fix }) => fix.edits.map((edit): RuledEdit => ({ ...edit, rule })));
    const edit = (role: NodeRole): Config => {
      const { config, step } = edited(current[role], edits);
      if (!step) return config;
      steps[role].push(step);
      marks[role] = moveMarks(marks[role], current[role].source, edits);
      regions[role] = addRegions(regions[role], current[role].source, edits);
      return config;
    };
    const next = new Cluster({ primary: edit("primary"), secondary: edit("secondary"), from: cluster.rolesFrom });
    if (next.primary === current.primary && next.secondary === current.secondary) throw endless(chosen);
    current = next;
    applied = [...applied, ...chosen];
    after = await lintCluster(current, rules, lintSettings);
  }
  rejectWorse(before, after);
  await verifySteps(steps.primary);
  await verifySteps(steps.secondary);
  const file = (role: NodeRole): FixedFile => ({
    before: cluster[role],
    after: current[role],
    marks: marks[role],
    regions: regions[role],
  });
  return { primary: file("primary"), secondary: file("secondary"), applied, before, after };
}

type Fixable = Diagnostic & { readonly fix: Fix };

/** Whether a diagnostic has a fix that was asked for, and that stays in the files that may be edited. */
function wanted(diagnostic: Diagnostic, cluster: Cluster, settings: FixSettings): diagnostic is Fixable {
  const { nodes = ["secondary"], unsafe = false, only } = settings;
  const { fix, rule } = diagnostic;
  if (!fix || (!fix.safe && !unsafe) || (only && !only.has(rule))) return false;
  const allowed = ({ at }: Fix["edits"][number]): boolean => nodes.some((role) => cluster[role].source === at.source);
  return fix.edits.every(allowed) && (settings.wanted?.(diagnostic) ?? true);
}

const worstFirst = (a: Diagnostic, b: Diagnostic): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) || compareDiagnostics(a, b);

function edited(config: Config, edits: readonly RuledEdit[]): { config: Config; step?: Step } {
  const { source, document } = config;
  const own = edits.filter(({ at }) => at.source === source);
  const text = applyEdits(source, own);
  if (!document || text === source.text) return { config };
  const after = parseConfig({ source: source.withText(text), fault: undefined });
  return after.document ? { config: after, step: { before: document, after: after.document, edits: own } } : { config };
}

const endless = (chosen: readonly Fixable[]): Rejected =>
  new Rejected(`the fixes of ${namesOf(chosen)} come to no end`);

const namesOf = (found: readonly { readonly rule: string }[]): string =>
  [...new Set(found.map(({ rule }) => rule))].sort().join(", ");

/**
 * Nothing may come up that was not there, but for what could not be asked before: a rule that did not apply may speak
 * now. A problem that one node had and the other has now too is none that is new, nor is an acceptance in the
 * configuration file that has done its service.
 */
function rejectWorse(before: Report, after: Report): void {
  const keyOf = ({ rule, subject }: Diagnostic): string => `${rule}\n${subject}`;
  const known = new Set(before.diagnostics.map(keyOf));
  const unasked = new Set(before.notApplicable.map(({ rule }) => rule));
  const worse = after.diagnostics.filter(
    (one) => one.node !== undefined && !known.has(keyOf(one)) && !unasked.has(one.rule),
  );
  if (worse.length > 0 || after.readable !== before.readable) {
    throw new Rejected(`after the fixes there would be new problems, of ${namesOf(worse) || "reading"}`);
  }
}
