import { kernelPassword } from "../behaviour/carp-password.ts";
import { setText } from "../model/edit.ts";
import { asSyncWrites, withoutTwins } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpPasswordMatch: Rule = {
  id: "carp-password-match",
  severity: "error",
  summary: "A CARP VIP has the same password on both nodes.",
  fix: "safe",

  notApplicable: withoutTwins,

  *check(cluster) {
    for (const { primary, secondary } of cluster.carpVips.pairs) {
      if (primary.password.value.masked || secondary.password.value.masked) continue;
      const expected = kernelPassword(primary.password.value);
      const found = kernelPassword(secondary.password.value);
      if (expected.equals(found)) continue;
      yield {
        at: secondary.password.at,
        message: `${secondary.title}: expected ${expected.empty ? "no password" : "the same password"} as on the primary, found ${found.empty ? "none" : expected.empty ? "one" : "a different one"}`,
        subject: secondary.subject,
        related: [{ at: primary.password.at, message: "the primary's password" }],
        // Sync would copy an empty password too, but nobody wants advertisements that anybody can send.
        fix: expected.empty
          ? undefined
          : asSyncWrites(
              cluster,
              "write the primary's password, as XMLRPC sync would",
              setText(secondary.password, primary.password.tree?.text ?? ""),
            ),
        help: "set the same password on both nodes",
      };
    }
  },
};
