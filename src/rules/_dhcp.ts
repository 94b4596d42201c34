import { type FailoverRole, failoverRole, primaryBelow } from "../behaviour/dhcp-failover.ts";
import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import type { Address } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { DhcpServer } from "../model/dhcp.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { Span } from "../source.ts";
import { electableVips, isOutOfOrder, spreadsBoth, syncsVips } from "./_twins.ts";
import { hasVipElsewhere } from "./_vips.ts";

/** Why a question about DHCP on the networks of CARP VIPs does not arise. */
export const withoutDhcp = (cluster: Cluster): string | undefined =>
  serversOnVips(cluster).length === 0 ? "no DHCP on an interface with a CARP VIP" : undefined;

/** The primary's DHCP servers, as far as they are switched on and their interface has an IPv4 CARP VIP. */
export const serversOnVips = ({ primary }: Cluster): readonly DhcpServer[] =>
  primary.dhcpServers.filter(({ key }) => primary.servesDhcp(key) && primary.carpVipsOn(key, 4).length > 0);

/** Why a question about ISC DHCP does not arise. */
export const withoutIsc = ({ nodes }: Cluster): string | undefined =>
  nodes.some(({ config }) => config.usesKea) ? "Kea serves DHCP" : undefined;

/**
 * A node's DHCP servers that take part in failover; on the secondary also those that should, because the primary's do.
 */
export const failoverServers = ({ primary }: Cluster, { config, role }: ClusterNode): readonly DhcpServer[] =>
  config.dhcpServers.filter(({ key, failoverPeer }) => {
    const asked = role === "secondary" && primary.servesDhcp(key) && !primary.dhcpServer(key).failoverPeer.empty;
    return config.servesDhcp(key) && (asked || !failoverPeer.empty);
  });

/** Why a question about failover does not arise. */
export const withoutFailover = (cluster: Cluster): string | undefined =>
  withoutIsc(cluster) ??
  (cluster.nodes.some((node) => failoverServers(cluster, node).length > 0) ? undefined : "no DHCP failover");

/** An address that belongs to one node, and so goes down with it. */
export interface NodeAddress {
  /** `the primary's address on lan`. */
  readonly title: string;
  readonly at: Span;
  /** What the other node has on the same interface. */
  readonly counterpart: Address | undefined;
}

/** The node and interface that an address belongs to; undefined for a VIP and for what neither node has. */
export function nodeAddress({ nodes }: Cluster, address: Address): NodeAddress | undefined {
  for (const { role, config, peer } of nodes) {
    const port = config.interfaceWith(address);
    if (!port) continue;
    return {
      title: `the ${role}'s address on ${port.key}`,
      at: port.addressField(address.family).at,
      counterpart: peer.interface(port.key)?.addressOf(address.family),
    };
  }
  return undefined;
}

/** The address of an interface's only IPv4 CARP VIP; undefined if there are several, of which a person has to choose. */
export function onlyVipAddress(config: Config, key: string): string | undefined {
  const [vip, ...others] = config.carpVipsOn(key, 4);
  return others.length === 0 ? vip?.subnet.text : undefined;
}

/** The secondary once an XMLRPC sync gets through. */
export const syncedSecondary = (cluster: Cluster): Config => afterSync(cluster).onceThrough;

/** Whether XMLRPC sync carries the DHCP settings. */
export const syncsDhcp = (cluster: Cluster): boolean => afterSync(cluster).sections.includes("dhcpd");

/** Two servers of one interface that take the same role in failover, and the CARP VIPs to blame. */
export interface SameRoles {
  readonly key: string;
  readonly role: FailoverRole["role"];
  /** The secondary's VIPs that make it primary, or the primary's that do not. */
  readonly vips: readonly Vip[];
}

/**
 * Where both nodes take the same role, now or once a sync gets through. A peer outside the network is for
 * dhcp-failover-peer to report, and a VIP that has a fault of its own for the rule about that.
 */
export function sameRoles(cluster: Cluster): readonly SameRoles[] {
  if (withoutFailover(cluster) !== undefined) return [];
  return cluster.primary.dhcpServers.flatMap(({ key }) => {
    const found = sameRolesOn(cluster, key);
    return found && !isExplained(cluster, found) ? [found] : [];
  });
}

/** Whether dhcp-failover-role blames the advskew of a VIP. */
export const isBlamedForRole = (cluster: Cluster, { tree }: Vip): boolean =>
  sameRoles(cluster).some(({ vips }) => vips.some((vip) => vip.tree === tree));

function sameRolesOn(cluster: Cluster, key: string): SameRoles | undefined {
  const ours = failoverRole(cluster.primary, key);
  for (const secondary of [cluster.secondary, syncedSecondary(cluster)]) {
    const theirs = failoverRole(secondary, key);
    if (!ours?.peerInside || !theirs?.peerInside || ours.role !== theirs.role) continue;
    const { role } = ours;
    return { key, role, vips: role === "primary" ? fastVips(secondary, key) : cluster.primary.carpVipsOn(key) };
  }
  return undefined;
}

const fastVips = (config: Config, key: string): readonly Vip[] =>
  config.carpVipsOn(key).filter(({ advskew: { value } }) => value !== undefined && value < primaryBelow);

/**
 * Whether carp-vip-present, carp-advskew-order, carp-advskew-set or carp-advskew-headroom names what is behind it, or
 * what speaks of a VIP on the wrong interface.
 */
function isExplained(cluster: Cluster, { key, role, vips }: SameRoles): boolean {
  const { primary, carpVips } = cluster;
  if (role === "secondary") {
    const saturated = electableVips(cluster).filter((twins) => spreadsBoth(cluster, twins));
    return (
      primary.carpVips.length === 0 ||
      hasVipElsewhere(primary, key, 4) ||
      (syncsVips(primary) && vips.some(({ advskew }) => advskew.empty)) ||
      saturated.some((twins) => vips.includes(twins.primary))
    );
  }
  const misordered = carpVips.pairs.filter(isOutOfOrder).map(({ secondary }) => secondary.tree);
  return vips.every(({ tree }) => misordered.includes(tree));
}
