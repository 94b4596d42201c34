import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
import type { DhcpRange } from "../model/dhcp.ts";
import { serversOnVips, withoutDhcp } from "./_dhcp.ts";
import type { Rule } from "./rule.ts";

export const dhcpPoolConflict: Rule = {
  id: "dhcp-pool-conflict",
  severity: "warning",
  summary: "DHCP ranges leave out the nodes' addresses and VIPs.",
  fix: "none",

  notApplicable: withoutDhcp,

  *check(cluster) {
    for (const { key, subject, ranges } of serversOnVips(cluster)) {
      for (const range of ranges) {
        const held = taken(cluster, key, range);
        if (held.length === 0) continue;
        yield {
          at: range.at,
          message: `DHCP on ${key}: expected no address of a node or VIP from ${range.from.text} to ${range.to.text}, found ${held.map(({ text }) => text).join(", ")}`,
          subject: `${subject}/range ${range.from.text}`,
          related: held,
          help: "move the ends of the range, or split it, so that it leaves these addresses out",
        };
      }
    }
  },
};

/** What already has an owner in a range: VIPs of the interface, however they got there, and both nodes' addresses. */
function taken({ primary, nodes }: Cluster, key: string, range: DhcpRange): readonly (Related & { text: string })[] {
  const vips = primary.vips
    .filter((vip) => primary.interfaceOf(vip) === key)
    .map(({ subnet, title }) => ({ address: subnet.value, at: subnet.at, text: subnet.text, message: title }));
  const own = nodes.flatMap(({ config, role }) => {
    const port = config.interface(key);
    const address = port?.addressOf(4);
    return port && address
      ? [{ address, at: port.ipaddr.at, text: port.ipaddr.text, message: `the ${role}'s address` }]
      : [];
  });
  return [...vips, ...own].filter(({ address }) => address !== undefined && range.contains(address));
}
