import { anyOf, vipsInstead } from "./_bindings.ts";
import type { Rule } from "./rule.ts";

export const ipsecPhase1Vip: Rule = {
  id: "ipsec-phase1-vip",
  severity: "warning",
  summary: "IPsec tunnels start from a CARP VIP.",
  fix: "none",

  notApplicable: ({ primary }) =>
    primary.phase1s.some(({ disabled }) => !disabled.on) ? undefined : "no IPsec tunnel",

  *check({ primary }) {
    for (const tunnel of primary.phase1s) {
      const field = tunnel.interface;
      const vips = tunnel.disabled.on ? [] : vipsInstead(primary, field.text, tunnel.families);
      if (vips.length === 0) continue;
      yield {
        at: field.at,
        message: `${tunnel.title}: expected ${anyOf(vips)}, found the interface ${field.text}`,
        subject: tunnel.subject,
        related: vips.map((vip) => ({ at: vip.subnet.at, message: vip.title })),
        help: "start the tunnel from the VIP, and tell the peer that address; it has to change its side too",
      };
    }
  },
};
