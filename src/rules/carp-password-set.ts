import { kernelPassword } from "../behaviour/carp-password.ts";
import { withoutTwins } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpPasswordSet: Rule = {
  id: "carp-password-set",
  severity: "warning",
  summary: "Every CARP VIP has a password.",
  fix: "none",

  notApplicable: withoutTwins,

  *check({ carpVips }) {
    for (const { primary, secondary } of carpVips.pairs) {
      const twins = [primary, secondary];
      // A password on one node only is for carp-password-match.
      if (!twins.every((vip) => kernelPassword(vip.password.value).empty)) continue;
      for (const vip of twins) {
        yield {
          at: vip.password.at,
          message: `${vip.title}: expected a password, found none on either node`,
          subject: vip.subject,
          help: "set a password on the primary, and on the secondary unless XMLRPC sync brings it there",
        };
      }
    }
  },
};
