import type { Cluster } from "../../cluster/cluster.ts";
import type { NodeRole } from "../../diagnostic.ts";
import { contains, formatAddress, pfsyncGroup, sameAddress } from "../../model/address.ts";
import type { Effect } from "../../simulation.ts";
import { filterOf, type Packet } from "../packet-filter/index.ts";
import { droppedStates } from "../wires.ts";
import { effectOn, listed, type Move, otherRole } from "./move.ts";

const connections = effectOn("connections");

/** What becomes of the connections that went through the node that the VIPs leave. */
export function movedConnections({ cluster, from, to }: Move): readonly Effect[] {
  const obstacle = stateObstacle(cluster, from);
  if (obstacle !== undefined) {
    return [connections("bad", `established connections break: the ${to} has no states of theirs, since ${obstacle}`)];
  }
  const bound = boundElsewhere(cluster);
  if (bound.length === 0) {
    return [connections("good", `the ${to} knows the established connections: pfsync has copied their states`)];
  }
  return [
    connections(
      "bad",
      `established connections through ${listed(bound)} break: states are bound to the device, which differs between the nodes`,
    ),
  ];
}

/** What the pair does about states while nothing happens. */
export function standingConnections(cluster: Cluster): readonly Effect[] {
  const obstacle = stateObstacle(cluster, "primary") ?? stateObstacle(cluster, "secondary");
  if (obstacle !== undefined) return [connections("bad", `states are not copied between the nodes, since ${obstacle}`)];
  const key = cluster.primary.syncInterface?.key;
  return [connections("good", `pfsync copies the states of each node to the other, over ${key}`)];
}

/**
 * Why the states of a node do not reach the other one; undefined if they do (`interfaces.inc`,
 * `interfaces_sync_setup()`; `if_pfsync.c`, `pfsync_input()`).
 */
export function stateObstacle(cluster: Cluster, from: NodeRole): string | undefined {
  const to = otherRole(from);
  for (const { role, config } of cluster.nodes) {
    if (config.system.filterDisabled.on) return `the packet filter is off on the ${role}`;
    if (!config.hasync.pfsyncEnabled.on) return `pfsync is off on the ${role}`;
    if (!config.syncInterface) return `the ${role} has no sync interface that is enabled`;
  }
  const [sender, receiver] = [cluster[from], cluster[to]];
  const [source, target] = [sender.syncInterface?.addressOf(4), receiver.syncInterface?.addressOf(4)];
  const network = sender.syncInterface?.networkOf(4);
  if (!source || !target || !network) return undefined;
  if (!contains(network, target)) return "the two sync addresses are not in one network";
  const peer = sender.hasync.pfsyncPeer;
  if (!peer.empty && peer.text !== formatAddress(target)) {
    return `the ${from} sends them to ${peer.text}, which is not the sync address of the ${to}`;
  }
  if (sameAddress(source, target)) return "both nodes have the same sync address";
  const id = sender.hasync.hostId.value;
  if (id !== undefined && id === receiver.hasync.hostId.value) return "both nodes have the same filter host id";
  const key = receiver.syncInterface?.key ?? "";
  const destination = peer.empty ? pfsyncGroup : target;
  const packet: Packet = { interface: key, direction: "in", protocol: "pfsync", source, destination };
  const { verdict, label } = filterOf(receiver).decide(packet);
  return verdict === "block" ? `the ${to} drops pfsync on ${key} (${label})` : droppedStates(cluster, to);
}

/** Interfaces whose states the other node cannot use: bound to a device of another name (`if_pfsync.c`). */
function boundElsewhere({ nodes, interfaces, primary }: Cluster): readonly string[] {
  if (nodes.every(({ config }) => config.statePolicy === "floating")) return [];
  return interfaces.pairs
    .filter(({ primary: here, secondary: there }) => here.enabled && there.enabled)
    .filter(({ primary: { key } }) => key !== primary.syncInterface?.key)
    .filter((twins) => twins.primary.device.text !== twins.secondary.device.text)
    .map((twins) => twins.primary.key);
}
