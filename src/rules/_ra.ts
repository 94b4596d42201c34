import type { Cluster } from "../cluster/cluster.ts";
import type { Config } from "../model/config.ts";

/** Interfaces on which both nodes advertise routers, and that carry an IPv6 CARP VIP. */
export const advertised = ({ primary, nodes }: Cluster): readonly string[] =>
  primary.interfaces
    .map(({ key }) => key)
    .filter((key) => nodes.some(({ config }) => config.carpVipsOn(key, 6).length > 0))
    .filter((key) =>
      nodes.every(({ config }) => config.interface(key)?.enabled && config.dhcpv6Server(key).advertises),
    );

/** Whether a node has a VIP on such an interface and advertises itself all the same. */
export const announcesItself = (config: Config, key: string): boolean =>
  config.carpVipsOn(key, 6).length > 0 && !config.dhcpv6Server(key).raInterface.text.startsWith("_vip");

/** Whether ra-interface-vip speaks of an interface. */
export const announcedTwice = (cluster: Cluster, key: string): boolean =>
  advertised(cluster).includes(key) && cluster.nodes.some(({ config }) => announcesItself(config, key));
