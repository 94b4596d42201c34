import type { Cluster } from "../cluster/cluster.ts";
import { formatAddress, formatNetwork, sameNetwork } from "../model/address.ts";
import {
  carriesCarp,
  type Family,
  families,
  isSyncInterface,
  lacksPrefix,
  sharedInterfaces,
  withoutPrefix,
} from "./_interfaces.ts";
import { syncInterfacesDiffer } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const interfaceSubnetMatch: Rule = {
  id: "interface-subnet-match",
  severity: "error",
  summary: "Both nodes are in the same network on every shared interface.",
  fix: "none",

  *check(cluster) {
    for (const { primary, secondary } of sharedInterfaces(cluster)) {
      if (isLeftToSync(cluster, primary.key)) continue;
      for (const family of families) {
        if (!isShared(cluster, primary.key, family)) continue;
        for (const entry of [primary, secondary]) if (lacksPrefix(entry, family)) yield withoutPrefix(entry, family);
        const expected = primary.networkOf(family);
        const found = secondary.networkOf(family);
        if (!expected || !found || sameNetwork(expected, found)) continue;
        const [part, what] =
          expected.bits === found.bits
            ? (["addressField", "address"] as const)
            : (["subnetField", "prefix length"] as const);
        yield {
          at: secondary[part](family).at,
          message: `${secondary.title}: expected an address in ${formatNetwork(expected)} as on the primary, found ${formatAddress(secondary.addressOf(family)!)}/${found.bits}`,
          subject: secondary.subject,
          related: [{ at: primary[part](family).at, message: `the primary's ${what}` }],
          help: "put both nodes into one network, with one prefix length",
        };
      }
    }
  },
};

/** Where pfsync runs on two interfaces, pfsync-interface-match says that it is the secondary's that should be another. */
const isLeftToSync = (cluster: Cluster, key: string): boolean =>
  syncInterfacesDiffer(cluster) ? key === cluster.primary.syncInterface?.key : isSyncInterface(cluster, key);

/** Whether hosts on the interface depend on either node being there: it carries a CARP VIP, or serves DHCP. */
function isShared(cluster: Cluster, key: string, family: Family): boolean {
  const server = family === 4 ? cluster.primary.dhcpServer(key) : cluster.primary.dhcpv6Server(key);
  return carriesCarp(cluster, key, family) || server.enable.on;
}
