import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import { type Address, contains, formatAddress, sameNetwork } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import { setText } from "../model/edit.ts";
import type { Interface } from "../model/interfaces.ts";
import { isExchanged } from "./_interfaces.ts";
import type { DraftFix } from "./rule.ts";

const enabled = ({ config }: ClusterNode): boolean => config.hasync.pfsyncEnabled.on;

/** Why a rule about one node's pfsync does not apply. */
export const pfsyncOff = ({ nodes }: Cluster): string | undefined =>
  nodes.some(enabled) ? undefined : "pfsync is off on both nodes";

/** Why a rule about the pfsync of two nodes does not apply. */
export const pfsyncNotOnBoth = (cluster: Cluster): string | undefined =>
  pfsyncOff(cluster) ?? (cluster.nodes.every(enabled) ? undefined : "pfsync is off on one node");

/**
 * Whether pfsync runs on two keys that are two networks. What else is wrong with the secondary's choice is then no news.
 * One network under two keys is a matter of the order of interfaces.
 */
export function syncInterfacesDiffer({ primary, secondary }: Cluster): boolean {
  const here = primary.syncInterface;
  const there = secondary.syncInterface;
  if (!here || !there || here.key === there.key) return false;
  const [network, other] = [here.networkOf(4), there.networkOf(4)];
  return !(network && other && sameNetwork(network, other));
}

/** Whether the secondary's sync interface is another network for a reason that another rule gives. */
export const isSecondaryMisplaced = (cluster: Cluster): boolean => {
  const { key } = cluster.primary.syncInterface ?? {};
  const sameKey = key !== undefined && key === cluster.secondary.syncInterface?.key;
  return syncInterfacesDiffer(cluster) || (sameKey && isExchanged(cluster, key));
};

/**
 * Whether the secondary's sync interface has no address in the primary's sync network. The rules pfsync-subnet-match and
 * pfsync-interface-static speak of it; that the primary's settings name an address of that network is then no fault.
 */
export function isSecondaryAway({ primary, secondary, nodes }: Cluster): boolean {
  const here = primary.syncInterface;
  const there = secondary.syncInterface;
  const network = here?.networkOf(4);
  if (!nodes.every(enabled) || !network || !there || here?.key !== there.key || there.ipaddr.unreadable) return false;
  const address = there.addressOf(4);
  return !address || !contains(network, address);
}

/** Whether an address of the primary's sync network cannot be the secondary's, as its sync interface is elsewhere. */
export const isAwayFrom = (cluster: Cluster, address: Address | undefined): boolean => {
  const network = cluster.primary.syncInterface?.networkOf(4);
  return address !== undefined && network !== undefined && contains(network, address) && isSecondaryAway(cluster);
};

/** A node and the interface that its pfsync runs on. */
export interface SyncNode extends ClusterNode {
  readonly sync: Interface;
}

/** The nodes whose sync interface is worth judging. */
export const syncNodes = (cluster: Cluster): readonly SyncNode[] =>
  cluster.nodes.filter(enabled).flatMap((node) => {
    const sync = node.config.syncInterface;
    return sync && !(node.role === "secondary" && isSecondaryMisplaced(cluster)) ? [{ ...node, sync }] : [];
  });

/** Why the sync interface carries more than synchronisation, completing "… which"; empty if it does not. */
export function otherUses(config: Config, { key }: Interface): readonly string[] {
  const uses: string[] = [];
  if (config.carpVipsOn(key).length > 0) uses.push("carries CARP VIPs");
  if (config.isBridgeMember(key)) uses.push("is a member of a bridge");
  if (key === "wan") uses.push("is the WAN");
  return uses;
}

/** A node's static IPv4 address on its sync interface. */
export const syncAddress = (config: Config): Address | undefined => config.syncInterface?.addressOf(4);

/** Writes the other's sync address on some nodes; nothing where one cannot be told. */
export function nameEachOther(cluster: Cluster, nodes: readonly ClusterNode[]): DraftFix | undefined {
  if (isSecondaryMisplaced(cluster)) return undefined;
  const edits = nodes.flatMap(({ config, peer }) => {
    const address = syncAddress(peer);
    return address ? [setText(config.hasync.pfsyncPeer, formatAddress(address))] : [];
  });
  if (edits.length < nodes.length) return undefined;
  return { title: "send states to the other node's sync address", safe: false, edits };
}
