import { parseAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { Rule } from "./rule.ts";

export const dnsOutgoingVip: Rule = {
  id: "dns-outgoing-vip",
  severity: "warning",
  summary: "The resolver asks from addresses that both nodes always have.",
  fix: "none",

  notApplicable: ({ primary }) => (primary.resolver.enable.on ? undefined : "the resolver is off on the primary"),

  *check({ primary }) {
    const { outgoing, outgoingFrom } = primary.resolver;
    for (const text of outgoingFrom) {
      const vip = movingVip(primary, text);
      if (!vip) continue;
      yield {
        at: outgoing.at,
        message: `DNS Resolver: expected outgoing interfaces whose addresses stay with the node, found ${vip.title}`,
        subject: vip.subject,
        related: [{ at: vip.at, message: vip.title }],
        help: "choose the interface instead of its VIP; the backup cannot ask from an address that it does not hold",
      };
    }
  },
};

/** The CARP VIP, or the IP alias stacked on one, that an entry stands for. */
function movingVip(config: Config, text: string): Vip | undefined {
  const address = parseAddress(text);
  const vip = text.startsWith("_vip") ? config.vip(text.slice(4)) : address && config.vipWith(address);
  return vip && (vip.isCarp || vip.isStacked) ? vip : undefined;
}
