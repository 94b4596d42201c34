import { contains, linkLocalIpv6 } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const raVipLinklocal: Rule = {
  id: "ra-vip-linklocal",
  severity: "warning",
  summary: "Router advertisements name a link-local CARP VIP as router.",
  fix: "none",

  notApplicable: (cluster) =>
    withoutCarpVips(cluster) ??
    (cluster.nodes.some(({ config }) => config.carpVips.some(isLinkLocal)) ? undefined : "no link-local CARP VIP"),

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const server of config.dhcpv6Servers) {
        const vip = server.advertises ? namedVip(config, server.raInterface.text) : undefined;
        const better = vip && config.carpVipsOn(vip.interface.text, 6).find(isLinkLocal);
        if (!vip || !better || isLinkLocal(vip)) continue;
        yield {
          at: server.raInterface.at,
          message: `router advertisements on ${server.key}: expected the link-local CARP VIP ${better.subnet.text}, found ${vip.subnet.text}, with which they name the node's own link-local address`,
          subject: server.subject,
          related: [
            { at: vip.subnet.at, message: "the VIP that they follow" },
            { at: better.subnet.at, message: "the link-local CARP VIP" },
          ],
          help: "choose the link-local CARP VIP as RA interface, so that hosts keep their router when the node changes",
        };
      }
    }
  },
};

const namedVip = (config: Config, text: string): Vip | undefined => {
  const vip = text.startsWith("_vip") ? config.vip(text.slice("_vip".length)) : undefined;
  return vip?.isCarp ? vip : undefined;
};

const isLinkLocal = ({ subnet }: Vip): boolean => subnet.value !== undefined && contains(linkLocalIpv6, subnet.value);
