import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import { keptOutBySecondary } from "./_access.ts";
import { blockage, keptOut } from "./_pass.ts";
import { isSecondaryMisplaced, nameEachOther } from "./_pfsync.ts";
import { needsPeer, pfsyncTraffic } from "./_sync-traffic.ts";
import type { Problem, Rule } from "./rule.ts";

export const filterPfsyncPass: Rule = {
  id: "filter-pfsync-pass",
  severity: "error",
  summary: "Each node lets the other's pfsync packets in.",
  fix: "safe",

  notApplicable: (cluster) => (cluster.pfsyncOnBoth ? undefined : "pfsync is not on on both nodes"),

  *check(cluster) {
    // Packets of two interfaces never meet: pfsync-interface-match or interface-order-match speaks.
    if (isSecondaryMisplaced(cluster)) return;
    const [primary, secondary] = cluster.nodes;
    const here = problem(cluster, primary, secondary, false);
    const there = problem(cluster, secondary, primary, here !== undefined);
    for (const found of [here, there]) if (found) yield found;
  },
};

function problem(cluster: Cluster, node: ClusterNode, sender: ClusterNode, both: boolean): Problem | undefined {
  const traffic = pfsyncTraffic(node.config, sender.config);
  const decision = traffic && blockage(node.config, traffic);
  if (!traffic || !decision) return undefined;
  const { pfsyncPeer } = sender.config.hasync;
  const multicast = pfsyncPeer.empty;
  const related = [
    { at: pfsyncPeer.at, message: `the ${sender.role} sends pfsync ${multicast ? "by multicast" : "here"}` },
  ];
  if (needsPeer(node.config, sender.config)) {
    return { ...keptOut(node.config, traffic, decision, related), fix: nameEachOther(cluster, [sender]) };
  }
  return node.role === "primary"
    ? keptOut(node.config, traffic, decision, related)
    : keptOutBySecondary(cluster, traffic, decision, related, both);
}
