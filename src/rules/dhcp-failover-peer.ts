import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import { type Address, parseIpv4, sameAddress } from "../model/address.ts";
import type { DhcpServer } from "../model/dhcp.ts";
import { setText } from "../model/edit.ts";
import { failoverServers, syncedSecondary, withoutFailover } from "./_dhcp.ts";
import { isExchanged } from "./_interfaces.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const dhcpFailoverPeer: Rule = {
  id: "dhcp-failover-peer",
  severity: "error",
  summary: "Each DHCP server's failover peer is the other node's interface address.",
  fix: "safe",

  notApplicable: withoutFailover,

  *check(cluster) {
    for (const node of cluster.nodes) {
      const other = node.role === "primary" ? "secondary" : "primary";
      for (const server of failoverServers(cluster, node)) {
        const { key, failoverPeer, subject } = server;
        if (isExchanged(cluster, key)) continue;
        const port = node.peer.interface(key);
        const expected = port?.addressOf(4);
        const own = node.config.interface(key)?.addressOf(4);
        // Of two nodes with one address, interface-address-unique or system-node-distinct speaks.
        if (own && expected && sameAddress(own, expected)) continue;
        const found = parseIpv4(failoverPeer.text);
        // An address cannot be judged where the other node is told its own; a word is none in any case.
        if (found && (!expected || sameAddress(found, expected))) continue;
        const address =
          expected && port
            ? `${port.ipaddr.text}, the ${other}'s address on ${key}`
            : `the ${other}'s address on ${key}`;
        yield {
          at: failoverPeer.at,
          message: `DHCP on ${key}: expected the failover peer ${address}, found ${failoverPeer.text || "none"}`,
          subject,
          related: port ? [{ at: port.ipaddr.at, message: `the ${other}'s address on ${key}` }] : [],
          fix: expected && asSyncWrites(cluster, node, server, expected),
          help: `set the failover peer to the address of the ${other} on ${key}, which must be static`,
        };
      }
    }
  },
};

/** Sync writes the primary's own address, if it carries DHCP and the primary has a peer. */
function asSyncWrites(
  cluster: Cluster,
  { role }: ClusterNode,
  server: DhcpServer,
  address: Address,
): DraftFix | undefined {
  const { text } = syncedSecondary(cluster).dhcpServer(server.key).failoverPeer;
  const synced = parseIpv4(text);
  if (role === "primary" || !synced || !sameAddress(synced, address)) return undefined;
  return {
    title: `write the primary's address on ${server.key}, ${text}, as XMLRPC sync would`,
    safe: true,
    edits: [setText(server.failoverPeer, text)],
  };
}
