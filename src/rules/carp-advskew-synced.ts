import { syncedAdvskew } from "../behaviour/carp-skew.ts";
import { isBlamedForRole } from "./_dhcp.ts";
import { asSyncSkews, isOutOfOrder, saturatedSkew, syncsVips, withoutTwins } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpAdvskewSynced: Rule = {
  id: "carp-advskew-synced",
  severity: "info",
  summary: "The secondary's advskew is what XMLRPC sync writes.",
  fix: "safe",

  notApplicable: (cluster) => (syncsVips(cluster.primary) ? withoutTwins(cluster) : "virtual IPs are not synced"),

  *check(cluster) {
    for (const twins of cluster.carpVips.pairs) {
      const { primary, secondary } = twins;
      if (!primary.electable || !secondary.electable || primary.advskew.empty || isOutOfOrder(twins)) continue;
      const advskew = syncedAdvskew(primary.effectiveAdvskew);
      // What is too high, or would be once sync writes it, is for carp-advskew-headroom to report.
      if (secondary.advskew.value === advskew || saturatedSkew(cluster, twins)) continue;
      if (isBlamedForRole(cluster, secondary)) continue;
      yield {
        at: secondary.advskew.at,
        message: `${secondary.title}: expected advskew ${advskew} as XMLRPC sync writes it, found ${secondary.advskew.text || "none"}`,
        subject: secondary.subject,
        related: [{ at: primary.advskew.at, message: "the primary's advskew" }],
        fix: asSyncSkews(cluster, [twins]),
      };
    }
  },
};
