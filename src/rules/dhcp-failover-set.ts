import { serversOnVips, syncedSecondary, withoutDhcp, withoutIsc } from "./_dhcp.ts";
import type { Rule } from "./rule.ts";

export const dhcpFailoverSet: Rule = {
  id: "dhcp-failover-set",
  severity: "warning",
  summary: "ISC DHCP servers on both nodes share their leases.",
  fix: "none",

  notApplicable: (cluster) => withoutIsc(cluster) ?? withoutDhcp(cluster),

  *check(cluster) {
    const secondary = syncedSecondary(cluster);
    for (const server of serversOnVips(cluster)) {
      const { key } = server;
      const other = secondary.dhcpServer(key);
      if (!server.failoverPeer.empty || !secondary.servesDhcp(key)) continue;
      if (!server.ranges.some((range) => other.ranges.some((one) => range.overlaps(one)))) continue;
      yield {
        at: server.at,
        message: `DHCP on ${key}: expected a failover peer, found none, while both nodes lease the same addresses`,
        subject: server.subject,
        related: [{ at: cluster.secondary.dhcpServer(key).at, message: "the secondary's DHCP settings" }],
        help: `set the failover peer to the secondary's address on ${key}; XMLRPC sync turns it round`,
      };
    }
  },
};
