import { syncedAdvskew } from "../behaviour/carp-skew.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import { setText } from "../model/edit.ts";
import { maxSkew, type Vip } from "../model/virtual-ips.ts";
import { isClone } from "./_clone.ts";
import { asSyncWrites, isOutOfOrder, spreadSkews, spreadsBoth, withoutTwins } from "./_twins.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const carpAdvskewOrder: Rule = {
  id: "carp-advskew-order",
  severity: "error",
  summary: "The secondary advertises every shared CARP VIP more slowly than the primary.",
  fix: "safe",

  notApplicable: (cluster) => withoutTwins(cluster) ?? isClone(cluster),

  *check(cluster) {
    for (const twins of cluster.carpVips.pairs.filter(isOutOfOrder)) {
      const { primary, secondary } = twins;
      yield {
        at: secondary.advskew.at,
        message: `${secondary.title}: expected ${expected(twins)}`,
        subject: secondary.subject,
        related: [{ at: primary.advskew.at, message: "the primary's advskew" }],
        fix: slowDownSecondary(cluster, twins),
        help: "give the secondary a higher advskew than the primary, 100 more is what XMLRPC sync writes",
      };
    }
  },
};

function expected({ primary, secondary }: Pair<Vip>): string {
  if (primary.effectiveAdvbase !== secondary.effectiveAdvbase) {
    return `the secondary to advertise more slowly than ${pace(primary)}, found ${pace(secondary)}`;
  }
  return `advskew above ${Math.min(maxSkew, primary.effectiveAdvskew)} on the secondary, found ${secondary.effectiveAdvskew}`;
}

const pace = (vip: Vip): string => `advbase ${vip.effectiveAdvbase} and advskew ${vip.effectiveAdvskew}`;

/**
 * None if the bases differ, since the base may be what is wrong, or if the primary has no advskew, since sync then copies
 * that. Where the primary's is so high that sync leaves no room above it, both get another one.
 */
function slowDownSecondary(cluster: Cluster, twins: Pair<Vip>): DraftFix | undefined {
  const { primary, secondary } = twins;
  if (primary.effectiveAdvbase !== secondary.effectiveAdvbase || primary.advskew.empty) return undefined;
  if (spreadsBoth(cluster, twins)) return spreadSkews(twins);
  const advskew = syncedAdvskew(primary.effectiveAdvskew);
  const title = `set the advskew that XMLRPC sync would write, ${advskew}`;
  return asSyncWrites(cluster, title, setText(secondary.advskew, String(advskew)));
}
