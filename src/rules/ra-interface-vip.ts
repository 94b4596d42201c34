import type { Cluster } from "../cluster/cluster.ts";
import { bindTo } from "./_bindings.ts";
import type { Rule } from "./rule.ts";

export const raInterfaceVip: Rule = {
  id: "ra-interface-vip",
  severity: "warning",
  summary: "Router advertisements come from the master only.",
  fix: "unsafe",

  notApplicable: (cluster) =>
    advertised(cluster).length === 0 ? "no router advertisements on both nodes beside an IPv6 CARP VIP" : undefined,

  *check(cluster) {
    for (const key of advertised(cluster)) {
      for (const { config } of cluster.nodes) {
        const { raInterface: field, subject } = config.dhcpv6Server(key);
        const vips = config.carpVipsOn(key, 6);
        if (vips.length === 0 || field.text.startsWith("_vip")) continue;
        yield {
          at: field.at,
          message: `router advertisements on ${key}: expected those of a CARP VIP, found ${field.text || "no VIP"}: both nodes announce themselves`,
          subject,
          related: vips.map((vip) => ({ at: vip.subnet.at, message: vip.title })),
          fix: bindTo(field, vips),
          help: "choose a CARP VIP of the interface as RA interface, best a link-local one",
        };
      }
    }
  },
};

/** Interfaces on which both nodes advertise routers, and that carry an IPv6 CARP VIP. */
const advertised = ({ primary, nodes }: Cluster): readonly string[] =>
  primary.interfaces
    .map(({ key }) => key)
    .filter((key) => nodes.some(({ config }) => config.carpVipsOn(key, 6).length > 0))
    .filter((key) =>
      nodes.every(({ config }) => config.interface(key)?.enabled && config.dhcpv6Server(key).advertises),
    );
