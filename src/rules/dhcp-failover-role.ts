import { primaryBelow } from "../behaviour/dhcp-failover.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { type SameRoles, sameRoles, withoutFailover } from "./_dhcp.ts";
import { asSyncSkews, spreadSkews } from "./_twins.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const dhcpFailoverRole: Rule = {
  id: "dhcp-failover-role",
  severity: "error",
  summary: "DHCP failover has one primary and one secondary.",
  fix: "safe",

  notApplicable: withoutFailover,

  *check(cluster) {
    for (const same of sameRoles(cluster)) {
      const { key, role, vips } = same;
      const holder = holderOf(role);
      const server = cluster[holder].dhcpServer(key);
      yield {
        at: server.failoverPeer.at,
        message: `DHCP on ${key}: expected the nodes to be primary and secondary in failover, found both to be ${role}`,
        subject: server.subject,
        related: vips.map((vip) => ({ at: vip.advskew.at, message: `the ${holder}'s advskew of ${vip.title}` })),
        fix: newSkews(cluster, same),
        help: `give the primary's CARP VIPs on ${key} an advskew below ${primaryBelow}, and the secondary's ${primaryBelow} or more`,
      };
    }
  },
};

/** Of two primaries the secondary is the one that should not be; of two secondaries, the primary. */
const holderOf = (role: SameRoles["role"]): SameRoles["role"] => (role === "primary" ? "secondary" : "primary");

/** None where a VIP to blame is on one node only, or there is none at all. */
function newSkews(cluster: Cluster, { role, vips }: SameRoles): DraftFix | undefined {
  const twins = cluster.carpVips.pairs.filter((pair) => vips.some(({ tree }) => tree === pair[holderOf(role)].tree));
  if (twins.length === 0 || twins.length < vips.length) return undefined;
  return role === "primary" ? asSyncSkews(cluster, twins) : spreadSkews(...twins);
}
