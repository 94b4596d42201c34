import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { KeaService } from "../model/kea.ts";
import { keaServices, withoutKea } from "./_kea.ts";
import type { Rule } from "./rule.ts";

export const keaHaEnabled: Rule = {
  id: "kea-ha-enabled",
  severity: "warning",
  summary: "Kea servers on both nodes share their leases.",
  fix: "none",

  notApplicable: withoutKea,

  *check(cluster) {
    const { primary } = cluster;
    for (const { service } of keaServices) {
      const ha = primary.keaHa(service);
      const served = servedOnBoth(cluster, service);
      if (ha.enable.on || served.length === 0) continue;
      const left = service === "kea" ? failoverPeers(primary, served) : [];
      yield {
        at: primary.tree.section(service).open,
        message: `${service === "kea" ? "DHCP" : "DHCPv6"} on ${served.join(", ")}: expected high availability of Kea, found none${left.length > 0 ? "; the failover peer that is set is for ISC DHCP only" : ""}`,
        subject: ha.subject,
        related: left,
        help: primary.isAfter27
          ? "switch High Availability on in the settings of the DHCP server, on the primary first"
          : "go back to ISC DHCP with a failover peer, or upgrade both nodes: Kea has no high availability before pfSense 2.8",
      };
    }
  },
};

/** Interfaces with a CARP VIP on which both nodes serve clients, now or once a sync gets through. */
function servedOnBoth(cluster: Cluster, service: KeaService): readonly string[] {
  const { primary } = cluster;
  const secondary = afterSync(cluster).onceThrough;
  const family = service === "kea" ? 4 : 6;
  return primary.interfaces
    .map(({ key }) => key)
    .filter((key) => serves(primary, service, key) && serves(secondary, service, key))
    .filter((key) => primary.carpVipsOn(key, family).length > 0);
}

const serves = (config: Config, service: KeaService, key: string): boolean =>
  service === "kea"
    ? config.servesDhcp(key)
    : config.dhcpv6Server(key).enable.on && config.interface(key)?.enabled === true;

const failoverPeers = (config: Config, keys: readonly string[]): readonly Related[] =>
  keys
    .map((key) => config.dhcpServer(key))
    .filter(({ failoverPeer }) => !failoverPeer.empty)
    .map(({ key, failoverPeer }) => ({ at: failoverPeer.at, message: `the failover peer on ${key}` }));
