import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import { contains, linkLocalIpv6, sameAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { Span } from "../source.ts";
import type { Rule } from "./rule.ts";

export const carpAddressUnique: Rule = {
  id: "carp-address-unique",
  severity: "error",
  summary: "A VIP's address belongs to no interface and to no other VIP.",
  fix: "none",

  *check(cluster) {
    for (const node of cluster.nodes) {
      for (const vip of node.config.vips.filter(isOnInterface)) {
        const holder = interfaceWith(cluster, node, vip) ?? otherVipWith(node.config, vip);
        if (!holder) continue;
        yield {
          at: vip.subnet.at,
          message: `${vip.title}: expected an address of its own, found ${vip.subnet.text}, which ${holder.name} has`,
          subject: vip.subject,
          related: [{ at: holder.at, message: `the address of ${holder.name}` }],
          help: "give one of the two another address; two owners of one address answer for each other",
        };
      }
    }
  },
};

interface Holder {
  readonly name: string;
  readonly at: Span;
}

const isOnInterface = (vip: Vip): boolean => vip.isCarp || vip.isAlias;

function interfaceWith(cluster: Cluster, { config }: ClusterNode, vip: Vip): Holder | undefined {
  const address = vip.subnet.value;
  if (!address) return undefined;
  for (const node of cluster.nodes) {
    for (const port of node.config.interfaces) {
      const own = port.enabled ? port.addressOf(address.family) : undefined;
      if (!own || !sameAddress(own, address)) continue;
      if (contains(linkLocalIpv6, address) && port.key !== config.interfaceOf(vip)) continue;
      return { name: `the ${node.role}'s ${port.key}`, at: port.addressField(address.family).at };
    }
  }
  return undefined;
}

/** An earlier VIP with the same address; a later one only if it is a proxy ARP VIP, about which nothing is said itself. */
function otherVipWith(config: Config, vip: Vip): Holder | undefined {
  const same = vip.subnet.value ? config.vipsWith(vip.subnet.value) : [];
  const index = same.indexOf(vip);
  const other = same.find(
    (one, i) => (i < index ? one.mode.text !== "other" : one.mode.text === "proxyarp") && clash(config, one, vip),
  );
  return other && { name: other.title, at: other.subnet.at };
}

/** Whether two VIPs of one address are in each other's way: link-local addresses may occur once on each interface. */
function clash(config: Config, one: Vip, other: Vip): boolean {
  const address = one.subnet.value;
  if (address && !contains(linkLocalIpv6, address)) return true;
  return config.interfaceOf(one) === config.interfaceOf(other);
}
