import { bindTo } from "./_bindings.ts";
import { advertised, announcesItself } from "./_ra.ts";
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
        if (!announcesItself(config, key)) continue;
        const { raInterface: field, subject } = config.dhcpv6Server(key);
        const vips = config.carpVipsOn(key, 6);
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
