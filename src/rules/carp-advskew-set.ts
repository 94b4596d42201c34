import { setText } from "../model/edit.ts";
import { syncsVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpAdvskewSet: Rule = {
  id: "carp-advskew-set",
  severity: "error",
  summary: "Every CARP VIP of the primary states its advskew.",
  fix: "unsafe",

  notApplicable: ({ primary }) => (syncsVips(primary) ? undefined : "virtual IPs are not synced"),

  *check({ primary, carpVips }) {
    for (const vip of primary.carpVips) {
      if (!vip.advskew.empty) continue;
      const twin = carpVips.pairs.find((twins) => twins.primary === vip)?.secondary;
      yield {
        at: vip.advskew.at,
        message: `${vip.title}: expected an advskew, found none, which XMLRPC sync copies: both nodes run with 0`,
        subject: vip.subject,
        related: twin ? [{ at: twin.advskew.at, message: "the secondary's advskew" }] : [],
        fix: {
          title: "write 0, which the primary runs with; the next XMLRPC sync then gives the secondary 100",
          safe: false,
          edits: [setText(vip.advskew, "0")],
        },
      };
    }
  },
};
