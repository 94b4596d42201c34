import { setText } from "../model/edit.ts";
import { asSyncWrites, samePlace, withoutTwins } from "./_twins.ts";
import { interfaceBits } from "./_vips.ts";
import type { Rule } from "./rule.ts";

export const carpMaskMatch: Rule = {
  id: "carp-mask-match",
  severity: "warning",
  summary: "A CARP VIP has the same prefix length on both nodes.",
  fix: "safe",

  notApplicable: withoutTwins,

  *check(cluster) {
    for (const { primary, secondary } of cluster.carpVips.pairs) {
      const expected = primary.subnetBits;
      const found = secondary.subnetBits;
      if (!samePlace(primary, secondary) || expected.value === undefined || found.unreadable) continue;
      if (expected.value === found.value) continue;
      // The primary's may be what is wrong, as carp-mask-interface says.
      if ((interfaceBits(cluster.primary, primary)?.value ?? expected.value) !== expected.value) continue;
      yield {
        at: found.at,
        message: `${secondary.title}: expected prefix length ${expected.text} as on the primary, found ${found.text || "none"}`,
        subject: secondary.subject,
        related: [{ at: expected.at, message: "the primary's prefix length" }],
        fix: asSyncWrites(
          cluster,
          `write the primary's prefix length, ${expected.text}, as XMLRPC sync would`,
          setText(found, expected.text),
        ),
        help: "give the VIP the same prefix length on both nodes, that of its interface",
      };
    }
  },
};
