import { contains, formatAddress, formatNetwork } from "../model/address.ts";
import { lacksPrefix, withoutPrefix } from "./_interfaces.ts";
import { isSecondaryMisplaced, pfsyncNotOnBoth } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncSubnetMatch: Rule = {
  id: "pfsync-subnet-match",
  severity: "error",
  summary: "The sync addresses of both nodes are in one network.",
  fix: "none",

  notApplicable: pfsyncNotOnBoth,

  *check(cluster) {
    const here = cluster.primary.syncInterface;
    const there = cluster.secondary.syncInterface;
    if (!here || here.key !== there?.key || isSecondaryMisplaced(cluster)) return;
    for (const entry of [here, there]) if (lacksPrefix(entry, 4)) yield withoutPrefix(entry, 4);
    const network = here.networkOf(4);
    const address = there.addressOf(4);
    const other = there.networkOf(4);
    if (!network || !address || !other) return;
    const outside = !contains(network, address);
    if (!outside && network.bits === other.bits) return;
    yield {
      at: outside ? there.ipaddr.at : there.subnet.at,
      message: `sync interface ${there.title}: expected an address in ${formatNetwork(network)} as on the primary, found ${formatAddress(address)}/${other.bits}`,
      subject: there.subject,
      related: [
        {
          at: outside ? here.ipaddr.at : here.subnet.at,
          message: `the primary's ${outside ? "address" : "prefix length"}`,
        },
      ],
      help: "put both nodes into one network; pfsync does not cross a router",
    };
  },
};
