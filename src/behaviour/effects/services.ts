import type { Cluster } from "../../cluster/cluster.ts";
import { formatAddress, sameAddress } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import type { DhcpServer } from "../../model/dhcp.ts";
import type { Effect } from "../../simulation.ts";
import { effectOn, left, listed, type Move, reached } from "./move.ts";

const dhcp = effectOn("DHCP");
const gateway = effectOn("gateway");
const dns = effectOn("DNS");
const ra = effectOn("router advertisements");

/** Interfaces with an IPv4 CARP VIP on which a node serves DHCP. */
const served = (config: Config): readonly DhcpServer[] =>
  config.dhcpServers.filter(({ key }) => config.servesDhcp(key) && config.carpVipsOn(key, 4).length > 0);

const keys = (servers: readonly DhcpServer[]): string => listed(servers.map(({ key }) => key));

/** Who leases addresses while both nodes are up. */
export function standingDhcp(cluster: Cluster): readonly Effect[] {
  const alone = served(cluster.primary).filter(
    ({ key }) => cluster.secondary.servesDhcp(key) && !sharesLeases(cluster, key),
  );
  if (alone.length === 0) return [];
  return [dhcp("bad", `both nodes answer on ${keys(alone)} without knowing of each other's leases`)];
}

/** Who leases addresses once a node is left alone. */
export function movedDhcp(move: Move): readonly Effect[] {
  const { cluster, to } = move;
  const servers = served(left(move)).filter(({ key }) => !move.reaches(key));
  const missing = servers.filter(({ key }) => !reached(move).servesDhcp(key));
  const strange = servers.filter(({ key }) => reached(move).servesDhcp(key) && !sharesLeases(cluster, key));
  const shared = servers.filter(({ key }) => reached(move).servesDhcp(key) && sharesLeases(cluster, key));
  return [
    ...(missing.length > 0 ? [dhcp("bad", `nobody answers on ${keys(missing)}: the ${to} serves no DHCP there`)] : []),
    ...(strange.length > 0
      ? [dhcp("bad", `the ${to} answers on ${keys(strange)}, and does not know the leases given so far`)]
      : []),
    ...(shared.length > 0 ? [dhcp("good", `the ${to} answers on ${keys(shared)} and knows the leases`)] : []),
  ];
}

/** Whether the two servers of an interface know each other's leases: failover of ISC, or high availability of Kea. */
function sharesLeases({ nodes }: Cluster, key: string): boolean {
  const backends = nodes.map(({ config }) => config.usesKea);
  if (backends[0] !== backends[1]) return false;
  if (backends[0]) return nodes.every(({ config }) => config.isAfter27 && config.keaHa("kea").enable.on);
  return nodes.every(({ config, peer }) => {
    const partner = peer.interface(key)?.addressOf(4);
    return partner !== undefined && config.dhcpServer(key).failoverPeer.text === formatAddress(partner);
  });
}

/** Hosts that were told a node's own address as their router, once that node is out of reach. */
export function movedGateways(move: Move): readonly Effect[] {
  const { from } = move;
  const stuck = served(left(move)).filter((server) => !move.reaches(server.key) && routesVia(left(move), server));
  const fine = served(left(move)).filter((server) => !move.reaches(server.key) && viaVip(left(move), server));
  return [
    ...(stuck.length > 0
      ? [
          gateway(
            "bad",
            `DHCP clients on ${keys(stuck)} lose their router: they were told the ${from}'s own address, not the VIP`,
          ),
        ]
      : []),
    ...(fine.length > 0 ? [gateway("good", `DHCP clients on ${keys(fine)} use the VIP as their router`)] : []),
  ];
}

/** A server without a gateway tells clients the node's own address (`services.inc`, `services_dhcpdv4_configure()`). */
function routesVia(config: Config, { key, gateway: field, gatewayAddress }: DhcpServer): boolean {
  if (field.empty) return true;
  const own = config.interface(key)?.addressOf(4);
  return gatewayAddress !== undefined && own !== undefined && sameAddress(gatewayAddress, own);
}

const viaVip = (config: Config, { key, gatewayAddress }: DhcpServer): boolean =>
  gatewayAddress !== undefined &&
  config.carpVipsOn(key, 4).some(({ subnet }) => subnet.value && sameAddress(subnet.value, gatewayAddress));

/** Hosts that were told a node's own address as their only name server, once that node is out of reach. */
export function movedDns(move: Move): readonly Effect[] {
  const config = left(move);
  const resolves = config.resolver.enable.on || config.forwarder.enable.on;
  const stuck = served(config).filter((server) => {
    if (move.reaches(server.key)) return false;
    if (server.dnsServers.length === 0) return resolves;
    const own = config.interface(server.key)?.addressOf(4);
    return server.dnsServers.every(({ address }) => address && own && sameAddress(address, own));
  });
  if (stuck.length === 0) return [];
  return [
    dns("bad", `DHCP clients on ${keys(stuck)} cannot resolve names: they were told the ${move.from}'s own address`),
  ];
}

/** Router advertisements that both nodes send. */
export function standingRa(cluster: Cluster): readonly Effect[] {
  const advertised = (config: Config, key: string): boolean =>
    config.dhcpv6Server(key).advertises && !config.dhcpv6Server(key).raInterface.text.startsWith("_vip");
  const both = cluster.primary.interfaces
    .map(({ key }) => key)
    .filter((key) => cluster.primary.carpVipsOn(key, 6).length > 0)
    .filter((key) => cluster.nodes.every(({ config }) => config.interface(key)?.enabled && advertised(config, key)));
  if (both.length === 0) return [];
  return [ra("bad", `both nodes announce themselves as router on ${listed(both)}`)];
}

/** Hosts that chose a node as their router by its own advertisements, once it is out of reach. */
export function movedRa(move: Move): readonly Effect[] {
  const config = left(move);
  const lost = config.dhcpv6Servers
    .filter(({ key, advertises, raInterface }) => {
      const served = config.interface(key)?.enabled && config.carpVipsOn(key, 6).length > 0;
      return served && advertises && !raInterface.text.startsWith("_vip") && !move.reaches(key);
    })
    .map(({ key }) => key);
  if (lost.length === 0) return [];
  return [ra("bad", `IPv6 hosts on ${listed(lost)} keep the ${move.from} as router until its announcement expires`)];
}
