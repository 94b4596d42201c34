import { holds, hostIn, localVipWith } from "../behaviour/nat-addresses.ts";
import { natStays, sentAddresses } from "./_nat.ts";
import type { Rule } from "./rule.ts";

export const natVipSynced: Rule = {
  id: "nat-vip-synced",
  severity: "error",
  summary: "Addresses that NAT uses are VIPs that XMLRPC sync carries.",
  fix: "none",

  notApplicable: natStays,

  *check({ primary, secondary }) {
    for (const { title, subject, field } of sentAddresses(primary)) {
      const address = hostIn(field.text);
      const vip = address && localVipWith(primary, address);
      if (!vip || secondary.vips.some((other) => holds(other, address))) continue;
      yield {
        at: field.at,
        message: `${title}: expected a VIP that XMLRPC sync carries, found ${field.text}, which is a ${vip.modeTitle.replace(/^IP/, "plain IP")} on ${vip.interface.text} that the secondary lacks`,
        subject,
        related: [{ at: vip.interface.at, message: "the VIP, which sync leaves on the primary" }],
        help: "stack the VIP on a CARP VIP of its interface, or make it one",
      };
    }
  },
};
