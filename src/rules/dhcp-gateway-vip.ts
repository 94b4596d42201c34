import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { DhcpOptions } from "../model/dhcp.ts";
import { setText } from "../model/edit.ts";
import { nodeAddress, onlyVipAddress, serversOnVips, withoutDhcp } from "./_dhcp.ts";
import type { Rule } from "./rule.ts";

export const dhcpGatewayVip: Rule = {
  id: "dhcp-gateway-vip",
  severity: "error",
  summary: "DHCP clients get a CARP VIP as their gateway.",
  fix: "unsafe",

  notApplicable: withoutDhcp,

  *check(cluster) {
    for (const server of serversOnVips(cluster)) {
      const vip = onlyVipAddress(cluster.primary, server.key);
      for (const options of server.options) {
        const { gateway } = options;
        const fault = faultOf(cluster, options);
        if (!fault) continue;
        yield {
          at: gateway.at,
          message: `${options.title}: expected a CARP VIP as gateway, found ${fault.found}`,
          subject: options.subject,
          related: fault.related,
          fix:
            vip === undefined
              ? undefined
              : { title: `hand out the CARP VIP, ${vip}`, safe: false, edits: [setText(gateway, vip)] },
          help: `hand out one of the CARP VIPs of ${server.key}`,
        };
      }
    }
  },
};

interface Fault {
  readonly found: string;
  readonly related: readonly Related[];
}

function faultOf(cluster: Cluster, options: DhcpOptions): Fault | undefined {
  const { gateway, gatewayAddress } = options;
  // Only the server as a whole has a gateway when nothing is written; pools and static mappings share it.
  if (gateway.empty) {
    if (options.part !== "" || !hasIpv4Gateway(cluster.primary)) return undefined;
    return { found: "none, so that each node hands out its own address", related: [] };
  }
  const holder = gatewayAddress && nodeAddress(cluster, gatewayAddress);
  return holder && { found: `${gateway.text}, ${holder.title}`, related: [{ at: holder.at, message: holder.title }] };
}

/** pfSense hands out a router only if it has an IPv4 gateway itself, be it one that the provider names. */
const hasIpv4Gateway = ({ gateways, interfaces }: Config): boolean =>
  gateways.some(({ disabled, family }) => !disabled.on && family.text === "inet") ||
  interfaces.some((port) => port.enabled && port.isDynamic(4));
