import { setText } from "../model/edit.ts";
import { asSyncWrites, isOutOfOrder, withoutTwins } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpAdvbaseMatch: Rule = {
  id: "carp-advbase-match",
  severity: "warning",
  summary: "A CARP VIP has the same advbase on both nodes.",
  fix: "safe",

  notApplicable: withoutTwins,

  *check(cluster) {
    for (const twins of cluster.carpVips.pairs) {
      const { primary, secondary } = twins;
      if (!primary.electable || !secondary.electable || isOutOfOrder(twins)) continue;
      const expected = primary.effectiveAdvbase;
      if (secondary.effectiveAdvbase === expected) continue;
      yield {
        at: secondary.advbase.at,
        message: `${secondary.title}: expected advbase ${expected} as on the primary, found ${secondary.effectiveAdvbase}`,
        subject: secondary.subject,
        related: [{ at: primary.advbase.at, message: "the primary's advbase" }],
        fix: asSyncWrites(
          cluster,
          `write the primary's advbase, ${expected}, as XMLRPC sync would`,
          setText(secondary.advbase, primary.advbase.text),
        ),
        help: "give the VIP the same advbase on both nodes",
      };
    }
  },
};
