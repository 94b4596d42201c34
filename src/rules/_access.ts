import { type Decision, filterOf } from "../behaviour/packet-filter/index.ts";
import { syncDrift } from "../behaviour/sync-drift.ts";
import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { Tree } from "../model/tree.ts";
import { keaServices } from "./_kea.ts";
import { blockage, keptOut, opening, type Traffic } from "./_pass.ts";
import { rulesStay } from "./_sent-rules.ts";
import { writeAsSync } from "./_sync.ts";
import { keaTraffic, pfsyncTraffic, xmlrpcTraffic } from "./_sync-traffic.ts";
import type { DraftFix, Problem } from "./rule.ts";

/**
 * A problem about traffic that the secondary keeps out as its file stands, with what the next sync makes of that: it may
 * let the traffic in, or write rules that keep it out as well.
 * @param elsewhere whether the primary's rules are told of anyway, as they keep the primary's own traffic out
 */
export function keptOutBySecondary(
  cluster: Cluster,
  traffic: Traffic,
  decision: Decision,
  related: readonly Related[],
  elsewhere = false,
): Problem {
  const { primary, secondary } = cluster;
  const problem = keptOut(secondary, traffic, decision, related);
  if (elsewhere || rulesStay(cluster) !== undefined) return problem;
  const after = afterSync(cluster).onceThrough;
  const later = blockage(after, traffic);
  if (!later) return decision.rule ? problem : { ...problem, fix: asSyncOpens(cluster, after, traffic) ?? problem.fix };
  return {
    ...problem,
    related: [
      ...(problem.related ?? []),
      {
        at: later.rule?.at ?? primary.tree.section("filter").at,
        message: later.rule
          ? "after a sync, this rule decides"
          : "the primary's rules, which sync writes here, do not pass it either",
      },
    ],
    fix: onBoth(problem.fix, opening(primary, traffic, later)),
  };
}

/** One of the two is not enough: the next sync writes the primary's rules, if it gets through at all. */
const onBoth = (own: DraftFix | undefined, sent: DraftFix | undefined): DraftFix | undefined =>
  own && sent && { ...own, title: `${own.title}, on both nodes`, edits: [...own.edits, ...sent.edits] };

/** The one difference that sync would undo, and so open the way. */
function asSyncOpens(cluster: Cluster, after: Config, traffic: Traffic): DraftFix | undefined {
  const { verdict, rule } = filterOf(after).decide(traffic.packet);
  const difference = syncDrift(cluster).find((one) => rule && one.after.includes(rule.tree));
  return verdict === "pass" && difference ? writeAsSync(difference) : undefined;
}

/** Filter rules on which the next sync makes hang whether the primary reaches the secondary. */
interface AccessRules {
  /** Those that sync writes, and that let in what no rule of the secondary lets in today. */
  readonly opening: ReadonlySet<Tree>;
  /** Those of the secondary that let in today what it keeps out after the sync. */
  readonly closing: ReadonlySet<Tree>;
}

const known = new WeakMap<Cluster, AccessRules>();

/** The rules filter-pfsync-pass, filter-xmlrpc-pass, filter-pass-after-sync and kea-ha-pass speak of them. */
export function accessRules(cluster: Cluster): AccessRules {
  let rules = known.get(cluster);
  if (!rules) {
    rules = findAccessRules(cluster);
    known.set(cluster, rules);
  }
  return rules;
}

function findAccessRules(cluster: Cluster): AccessRules {
  const { primary, secondary } = cluster;
  const after = afterSync(cluster).onceThrough;
  const all = [
    cluster.pfsyncOnBoth ? pfsyncTraffic(secondary, primary) : undefined,
    xmlrpcTraffic(cluster),
    ...keaServices.map(({ service }) => keaTraffic(secondary, primary, service)),
  ];
  const decided = all
    .filter((traffic) => traffic !== undefined)
    .map(({ packet }) => ({ now: filterOf(secondary).decide(packet), later: filterOf(after).decide(packet) }));
  const treesOf = (rules: readonly Decision["rule"][]): ReadonlySet<Tree> =>
    new Set(rules.filter((rule) => rule !== undefined).map(({ tree }) => tree));
  return {
    opening: treesOf(
      decided
        .filter(({ now, later }) => now.automatic === "default-deny" && later.verdict === "pass")
        .map(({ later }) => later.rule),
    ),
    closing: treesOf(
      decided
        .filter(({ now, later }) => now.verdict === "pass" && later.verdict === "block")
        .map(({ now }) => now.rule),
    ),
  };
}
