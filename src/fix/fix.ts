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
import { type Fixable, type LeftOut, problemOf, withoutHarm } from "./harm.ts";
import { addRegions, type Mark, moveMarks, type RuledEdit } from "./marks.ts";
import { Rejected, type Step, verifySteps } from "./verify.ts";

export type { Fixable, LeftOut } from "./harm.ts";
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
  readonly applied: readonly Fixable[];
  /** Diagnostics whose fix was asked for and is not made, since it would bring up another problem. */
  readonly leftOut: readonly LeftOut[];
  readonly before: Report;
  readonly after: Report;
}

/** More rounds than this mean that rules undo each other's work. */
const maxRounds = 100;

/**
 * Applies fixes until none is left: whole ones only, those that collide one after the other. Each round is linted like
 * a new pair. One that would bring up a problem as bad as its own is left out. A pair that pfSense would not load is
 * left alone.
 * @throws Rejected if the outcome is not what the edits ask for
 */
export async function fixCluster(
  cluster: Cluster,
  rules: readonly Rule[],
  lintSettings: LintSettings = {},
  settings: FixSettings = {},
): Promise<FixOutcome> {
  const before = await lintCluster(cluster, rules, lintSettings);
  const { made, leftOut } = await withoutHarm(before, wantedOf(before, cluster, settings), (except) =>
    fixAll(cluster, before, rules, lintSettings, settings, except),
  );
  await verifySteps(made.steps.primary);
  await verifySteps(made.steps.secondary);
  const file = (role: NodeRole): FixedFile => ({
    before: cluster[role],
    after: made.cluster[role],
    marks: made.marks[role],
    regions: made.regions[role],
  });
  const { applied, after } = made;
  return { primary: file("primary"), secondary: file("secondary"), applied, leftOut, before, after };
}

/** A pair after fixes, and how it came about. */
interface Made {
  readonly cluster: Cluster;
  readonly after: Report;
  readonly applied: readonly Fixable[];
  readonly steps: Readonly<Record<NodeRole, readonly Step[]>>;
  readonly marks: Readonly<Record<NodeRole, readonly Mark[]>>;
  readonly regions: Readonly<Record<NodeRole, readonly Region[]>>;
}

/** Makes every fix that is asked for, and those that the pair then needs, but for some problems. */
async function fixAll(
  cluster: Cluster,
  before: Report,
  rules: readonly Rule[],
  lintSettings: LintSettings,
  settings: FixSettings,
  except: ReadonlySet<string>,
): Promise<Made> {
  const steps: Record<NodeRole, Step[]> = { primary: [], secondary: [] };
  const marks: Record<NodeRole, readonly Mark[]> = { primary: [], secondary: [] };
  const regions: Record<NodeRole, readonly Region[]> = { primary: [], secondary: [] };
  let applied: readonly Fixable[] = [];
  let current = cluster;
  let after = before;
  for (let round = 0; before.readable; round++) {
    const wanted = wantedOf(after, current, settings);
    const chosen = compatible(wanted.filter((one) => !except.has(problemOf(one))));
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
  if (after.readable !== before.readable) throw new Rejected("after the fixes a file would not load any more");
  return { cluster: current, after, applied, steps, marks, regions };
}

/** What has a fix that was asked for, the worst first. */
const wantedOf = (report: Report, cluster: Cluster, settings: FixSettings): readonly Fixable[] =>
  report.diagnostics.filter((one): one is Fixable => wanted(one, cluster, settings)).sort(worstFirst);

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
