import type { Cluster } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import type { Related } from "../diagnostic.ts";
import { sameNetwork } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import { hasVipElsewhere } from "./_vips.ts";
import type { Rule } from "./rule.ts";

export const carpInterfaceCoverage: Rule = {
  id: "carp-interface-coverage",
  severity: "warning",
  summary: "Every interface that clients or upstream routers rely on has a CARP VIP.",
  fix: "none",

  notApplicable: ({ primary }) => (primary.carpVips.length === 0 ? "no CARP VIP on the primary" : undefined),

  *check(cluster) {
    const { primary, interfaces } = cluster;
    for (const family of [4, 6] as const) {
      if (!primary.carpVips.some((vip) => vip.family === family)) continue;
      for (const ports of interfaces.pairs) {
        const port = ports.primary;
        const reason =
          isShared(ports, family) && !isSync(cluster, port.key) ? relied(primary, port, family) : undefined;
        if (!reason || primary.carpVipsOn(port.key, family).length > 0) continue;
        if (hasVipElsewhere(primary, port.key, family)) continue;
        yield {
          at: primary.tree.section("virtualip").open,
          message: `${port.title}: expected an IPv${family} CARP VIP, found none`,
          subject: port.subject,
          related: [{ at: port.addressField(family).at, message: `the primary's address on ${port.key}` }, reason],
          help: `add a CARP VIP on ${port.key}, and point clients and neighbouring routers at it`,
        };
      }
    }
  },
};

/** Whether both nodes have a static address in one network there. */
function isShared({ primary, secondary }: Pair<Interface>, family: 4 | 6): boolean {
  const [here, there] = [primary.networkOf(family), secondary.networkOf(family)];
  return primary.enabled && secondary.enabled && !!here && !!there && sameNetwork(here, there);
}

const isSync = ({ nodes }: Cluster, key: string): boolean =>
  nodes.some(({ config }) => config.hasync.pfsyncInterface.text === key);

/** Why somebody in the network relies on the nodes: it leads to a router, or clients are served there. */
function relied(config: Config, port: Interface, family: 4 | 6): Related | undefined {
  const gateway = family === 4 ? port.gateway : port.gatewayv6;
  if (!gateway.empty && gateway.text !== "none") return { at: gateway.at, message: "its gateway" };
  if (family === 4) {
    return config.servesDhcp(port.key)
      ? { at: config.dhcpServer(port.key).at, message: "DHCP served there" }
      : undefined;
  }
  const server = config.dhcpv6Server(port.key);
  return server.advertises ? { at: server.raMode.at, message: "router advertisements sent there" } : undefined;
}
