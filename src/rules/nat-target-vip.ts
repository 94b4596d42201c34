import { translationOf } from "../behaviour/nat-addresses.ts";
import { setText } from "../model/edit.ts";
import { carpVipsFor, isOwnTraffic, noCarpVip, translating, vipsRelated } from "./_nat.ts";
import type { Rule } from "./rule.ts";

export const natTargetVip: Rule = {
  id: "nat-target-vip",
  severity: "warning",
  summary: "Manual outbound NAT translates client traffic to a CARP VIP.",
  fix: "unsafe",

  notApplicable: noCarpVip,

  *check({ primary }) {
    for (const rule of translating(primary)) {
      const vips = carpVipsFor(primary, rule.interface.text, rule);
      const [vip, ...others] = vips;
      if (!vip || translationOf(primary, rule).kind !== "interface" || isOwnTraffic(primary, rule)) continue;
      yield {
        at: rule.targetField.at,
        message: `${rule.title}: expected a CARP VIP as translation address, found ${
          rule.targetText || "none"
        }, which is each node's own address`,
        subject: rule.subject,
        related: vipsRelated(vips),
        fix:
          others.length === 0
            ? {
                title: `translate to the CARP VIP, ${vip.subnet.text}`,
                safe: false,
                edits: [setText(rule.target, vip.subnet.text)],
              }
            : undefined,
        help: "choose one of the interface's CARP VIPs as translation address",
      };
    }
  },
};
