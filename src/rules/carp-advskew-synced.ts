import { syncedAdvskew } from "../behaviour/carp-skew.ts";
import { setText } from "../model/edit.ts";
import { maxSkew } from "../model/virtual-ips.ts";
import { asSyncWrites, isOutOfOrder, syncsVips, withoutTwins } from "./_twins.ts";
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
      // What sync would write may be too high itself: carp-advskew-headroom says so.
      if (secondary.advskew.value === advskew || advskew >= maxSkew) continue;
      yield {
        at: secondary.advskew.at,
        message: `${secondary.title}: expected advskew ${advskew} as XMLRPC sync writes it, found ${secondary.advskew.text || "none"}`,
        subject: secondary.subject,
        related: [{ at: primary.advskew.at, message: "the primary's advskew" }],
        fix: asSyncWrites(
          cluster,
          `set the advskew that XMLRPC sync would write, ${advskew}`,
          setText(secondary.advskew, String(advskew)),
        ),
      };
    }
  },
};
