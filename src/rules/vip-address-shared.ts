import { contains, formatAddress, formatNetwork, linkLocalIpv6, type Network, overlaps } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { Rule } from "./rule.ts";

export const vipAddressShared: Rule = {
  id: "vip-address-shared",
  severity: "error",
  summary: "An address outside CARP is held by one node only.",
  fix: "none",

  notApplicable: ({ primary, secondary }) =>
    localVips(primary).length > 0 && localVips(secondary).length > 0
      ? undefined
      : "no IP alias or proxy ARP outside CARP on both nodes",

  *check({ primary, secondary }) {
    for (const vip of localVips(secondary)) {
      const other = localVips(primary).find((one) => answersAlso(one, vip));
      if (!other) continue;
      yield {
        at: vip.subnet.at,
        message: `${vip.title} on ${vip.interface.text}: expected on one node only, found ${told(other)} on the primary as well`,
        subject: vip.subject,
        related: [{ at: other.subnet.at, message: "the primary's VIP" }],
        help: "make it a CARP VIP, or an IP alias stacked on one, or remove it from one of the nodes",
      };
    }
  },
};

/** VIPs that a node answers for whatever CARP says, and that sync leaves alone (`rc.filter_synchronize`). */
const localVips = (config: Config): readonly Vip[] =>
  config.vips.filter(
    (vip) =>
      (vip.isAlias || vip.mode.text === "proxyarp") &&
      !vip.isStacked &&
      vip.interface.text !== "lo0" &&
      config.interface(vip.interface.text)?.enabled,
  );

/** What a VIP answers for: proxy ARP may be a whole network. */
function answeredFor(vip: Vip): Network | undefined {
  const address = vip.subnet.value;
  if (vip.mode.text === "proxyarp" && vip.type.text === "network") return vip.network;
  return address && { address, bits: address.family === 4 ? 32 : 128 };
}

/** A link-local address means something else on every interface. */
function answersAlso(one: Vip, other: Vip): boolean {
  const [here, there] = [answeredFor(one), answeredFor(other)];
  if (!here || !there || !overlaps(here, there)) return false;
  return !contains(linkLocalIpv6, here) || one.interface.text === other.interface.text;
}

function told(vip: Vip): string {
  const place = answeredFor(vip);
  const bare = place && (place.bits === 32 || place.bits === 128) ? formatAddress(place.address) : undefined;
  return `the ${vip.modeTitle} ${bare ?? (place ? formatNetwork(place) : "")}`;
}
