import { type FailoverRole, failoverRole, primaryBelow } from "../behaviour/dhcp-failover.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import { syncedSecondary, withoutFailover } from "./_dhcp.ts";
import type { Rule } from "./rule.ts";

export const dhcpFailoverRole: Rule = {
  id: "dhcp-failover-role",
  severity: "error",
  summary: "DHCP failover has one primary and one secondary.",
  fix: "none",

  notApplicable: withoutFailover,

  *check(cluster) {
    const { primary } = cluster;
    for (const { key, subject, failoverPeer } of primary.dhcpServers) {
      const found = sameRoles(cluster, key);
      if (!found) continue;
      const { role, secondary } = found;
      // Of two primaries the secondary is the one that should not be; of two secondaries, the primary.
      const at = role === "primary" ? secondary.dhcpServer(key).failoverPeer.at : failoverPeer.at;
      yield {
        at,
        message: `DHCP on ${key}: expected the nodes to be primary and secondary in failover, found both to be ${role}`,
        subject,
        related: role === "primary" ? skews(secondary, key, "secondary") : skews(primary, key, "primary"),
        help: `give the primary's CARP VIPs on ${key} an advskew below ${primaryBelow}, and the secondary's ${primaryBelow} or more`,
      };
    }
  },
};

/**
 * The role that both nodes take, now or once a sync gets through. A peer outside the network is for dhcp-failover-peer
 * to report.
 */
function sameRoles(cluster: Cluster, key: string): { role: FailoverRole["role"]; secondary: Config } | undefined {
  const ours = failoverRole(cluster.primary, key);
  for (const secondary of [cluster.secondary, syncedSecondary(cluster)]) {
    const theirs = failoverRole(secondary, key);
    if (ours?.peerInside && theirs?.peerInside && ours.role === theirs.role) return { role: ours.role, secondary };
  }
  return undefined;
}

const skews = (config: Config, key: string, holder: string): readonly Related[] =>
  config.carpVipsOn(key).map((vip) => ({ at: vip.advskew.at, message: `the ${holder}'s advskew of ${vip.title}` }));
