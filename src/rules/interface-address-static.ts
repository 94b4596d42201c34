import { contains, linkLocalIpv6 } from "../model/address.ts";
import { families } from "./_interfaces.ts";
import type { Rule } from "./rule.ts";

export const interfaceAddressStatic: Rule = {
  id: "interface-address-static",
  severity: "warning",
  summary: "Interfaces that carry a CARP VIP have static addresses.",
  fix: "none",

  notApplicable: ({ nodes }) =>
    nodes.every(({ config }) => config.carpVips.length === 0) ? "no CARP VIP on either node" : undefined,

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const entry of config.interfaces.filter(({ enabled }) => enabled)) {
        for (const family of families) {
          const field = entry.addressField(family);
          if (field.unreadable || entry.addressOf(family)) continue;
          const vip = config
            .carpVipsOn(entry.key, family)
            .find(({ subnet }) => subnet.value && !contains(linkLocalIpv6, subnet.value));
          if (!vip) continue;
          yield {
            at: field.at,
            message: `${entry.title}: expected a static IPv${family} address beside ${vip.title}, found ${field.text || "none"}`,
            subject: entry.subject,
            related: [{ at: vip.subnet.at, message: "the CARP VIP" }],
            help: "give the node a fixed address in the network of the VIP; each node needs one of its own",
          };
        }
      }
    }
  },
};
