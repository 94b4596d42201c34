import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import type { Address } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { DhcpOptions, DhcpServer } from "../model/dhcp.ts";
import type { Span } from "../source.ts";

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

/** Something that clients are told, and how to speak of it. */
export interface Told {
  readonly options: DhcpOptions;
  /** `DHCP on lan, pool 192.168.7.200`. */
  readonly title: string;
  readonly subject: string;
}

/** What a server tells its clients: all of them, those of a pool, or one. */
export const toldBy = (server: DhcpServer): readonly Told[] =>
  server.options.map((options) => {
    const { part } = options;
    return part === ""
      ? { options, title: `DHCP on ${server.key}`, subject: server.subject }
      : { options, title: `DHCP on ${server.key}, ${part}`, subject: `${server.subject}/${part}` };
  });

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
