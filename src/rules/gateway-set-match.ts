import { selectedSections } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { formatAddress, sameAddress, sameNetwork } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Gateway } from "../model/routing.ts";
import type { Rule } from "./rule.ts";

export const gatewaySetMatch: Rule = {
  id: "gateway-set-match",
  severity: "warning",
  summary: "Both nodes know the same gateways.",
  fix: "none",

  notApplicable(cluster) {
    if (selectedSections(cluster.primary).includes("gateways")) return "XMLRPC sync carries the gateways";
    return shared(cluster).length === 0 ? "no gateway on an interface with a CARP VIP" : undefined;
  },

  *check(cluster) {
    const { secondary } = cluster;
    for (const { gateway, address } of shared(cluster)) {
      const twin = secondary.gateways.find(({ name }) => name.text === gateway.name.text);
      const other = twin?.address;
      if (twin ? !other || sameAddress(other, address) : hasUnderOtherName(secondary, gateway)) continue;
      yield {
        at: twin?.gateway.at ?? secondary.tree.section("gateways").open,
        message: `gateway ${gateway.name.text}: expected ${formatAddress(address)} as on the primary, found ${twin ? twin.gateway.text : "no such gateway"}`,
        subject: gateway.subject,
        related: [{ at: gateway.gateway.at, message: "the primary's gateway" }],
        help: "give both nodes the same gateways, or let XMLRPC sync carry static routes, and gateways with them",
      };
    }
  },
};

/** Static gateways of the primary on interfaces that carry a CARP VIP and mean one network on both nodes. */
function shared({
  primary,
  secondary,
}: Cluster): readonly { gateway: Gateway; address: NonNullable<Gateway["address"]> }[] {
  return primary.gateways.flatMap((gateway) => {
    const { address } = gateway;
    const key = gateway.interface.text;
    if (!address || gateway.disabled.on || primary.carpVipsOn(key).length === 0) return [];
    const here = primary.interface(key)?.networkOf(address.family);
    const there = secondary.interface(key)?.networkOf(address.family);
    return here && there && sameNetwork(here, there) ? [{ gateway, address }] : [];
  });
}

/** A gateway that routes the same way is no loss, whatever it is called; rules that name it are another matter. */
const hasUnderOtherName = ({ gateways }: Config, wanted: Gateway): boolean =>
  gateways.some(
    ({ address, interface: key, disabled }) =>
      !disabled.on &&
      key.text === wanted.interface.text &&
      address !== undefined &&
      wanted.address !== undefined &&
      sameAddress(address, wanted.address),
  );
