import { contains, formatNetwork, linkLocalIpv6, type Network } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Rule } from "./rule.ts";

export const carpSubnetMember: Rule = {
  id: "carp-subnet-member",
  severity: "warning",
  summary: "A CARP VIP lies in a network of its interface.",
  fix: "none",

  notApplicable: ({ primary }) => (primary.carpVips.length === 0 ? "no CARP VIP on the primary" : undefined),

  *check({ primary }) {
    for (const vip of primary.carpVips) {
      const address = vip.subnet.value;
      const port = primary.interface(vip.interface.text);
      const network = address && port?.enabled ? port.networkOf(address.family) : undefined;
      if (!address || !port || !network || contains(linkLocalIpv6, address)) continue;
      if ([network, ...aliasNetworks(primary, port.key)].some((one) => contains(one, address))) continue;
      yield {
        at: vip.subnet.at,
        message: `${vip.title}: expected an address in ${formatNetwork(network)} or the network of an IP alias on ${port.key}, found ${vip.subnet.text}`,
        subject: vip.subject,
        related: [{ at: port.addressField(address.family).at, message: `the address of ${port.key}` }],
        help: `move the VIP into the network of ${port.key}, or add an IP alias in its network to ${port.key} on each node`,
      };
    }
  },
};

/** Networks of IP aliases directly on an interface. Those stacked on a CARP VIP leave the backup without an address. */
const aliasNetworks = (config: Config, key: string): readonly Network[] =>
  config.vips.filter((vip) => vip.isAlias && vip.interface.text === key).flatMap((vip) => vip.network ?? []);
