import { failoverVipIn, localVipWith, privateInterfaces, translationOf, wans } from "../behaviour/nat-addresses.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { contains, type Network } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { OutboundRule } from "../model/nat.ts";
import { isOwnTraffic, natStays, noCarpVip, translating, vipsRelated } from "./_nat.ts";
import type { Rule } from "./rule.ts";

export const natOutboundVip: Rule = {
  id: "nat-outbound-vip",
  severity: "warning",
  summary: "Outbound NAT on a WAN with a CARP VIP translates to it.",
  fix: "none",

  notApplicable: (cluster) =>
    noCarpVip(cluster) ??
    (privateInterfaces(cluster.primary).length === 0 ? "no private network behind the primary" : undefined),

  *check(cluster) {
    const { primary } = cluster;
    const { outboundNat } = primary;
    const { effectiveMode: mode } = outboundNat;
    if (mode === "disabled") return;
    const inside = privateInterfaces(primary).map(({ key }) => key);
    for (const wan of wans(primary)) {
      const vips = primary.carpVipsOn(wan.key, 4);
      const rules = translating(primary).filter((rule) => rule.interface.text === wan.key);
      if (vips.length === 0 || rules.some((rule) => isSettled(cluster, rule))) continue;
      yield {
        at: outboundNat.mode.at,
        message: `outbound NAT on ${wan.title}: expected private networks (${inside.join(", ")}) translated to a CARP VIP, found ${
          mode === "automatic" ? "automatic rules, which translate to the node's own address" : "no rule that does so"
        }`,
        subject: `nat/outbound/${wan.key}`,
        related: vipsRelated(vips),
        help: "set the mode to hybrid under Firewall > NAT > Outbound, and add a rule for these networks with the CARP VIP as translation address",
      };
    }
  },
};

/** Whether a rule translates to what fails over or is routed to the nodes, or is the matter of another rule. */
function isSettled(cluster: Cluster, rule: OutboundRule): boolean {
  const { primary } = cluster;
  const target = translationOf(primary, rule);
  if (target.kind === "interface") return !isOwnTraffic(primary, rule);
  if (target.kind === "unknown") return true;
  const sent = !natStays(cluster) && !rule.nosync.on;
  return target.networks.some(
    (place) =>
      failoverVipIn(primary, place) !== undefined ||
      (primary.interfaceWith(place.address)
        ? sent
        : !localVipWith(primary, place.address) && !isOnLink(primary, place)),
  );
}

const isOnLink = ({ interfaces }: Config, place: Network): boolean =>
  interfaces.some((entry) => {
    const network = entry.enabled ? entry.networkOf(place.address.family) : undefined;
    return network !== undefined && contains(network, place);
  });
