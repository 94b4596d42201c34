import {
  type Address,
  contains,
  inAny,
  type Network,
  parseAddress,
  parseNetwork,
  privateNetworks,
  sameAddress,
} from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import type { OneToOne, OutboundRule, PortForward } from "../model/nat.ts";
import type { Vip } from "../model/virtual-ips.ts";

/** Interfaces with a gateway of their own: outbound NAT happens there (`interfaces.inc`, `interface_has_gateway()`). */
export const wans = (config: Config): readonly Interface[] =>
  config.interfaces.filter(
    (entry) => entry.enabled && !entry.isVpn && (isGateway(entry.gateway.text) || entry.isDynamic(4)),
  );

const isGateway = (text: string): boolean => text !== "" && text !== "none";

/** Interfaces with hosts that need translation: privately numbered, without a gateway, not the sync interface. */
export const privateInterfaces = (config: Config): readonly Interface[] =>
  config.interfaces.filter((entry) => {
    const network = entry.networkOf(4);
    const routed = isGateway(entry.gateway.text) || entry.key === config.syncInterface?.key;
    return entry.enabled && !routed && network !== undefined && inAny(privateNetworks, network);
  });

/** What the text of a NAT address stands for. */
export type NatAddress =
  /** The node's own address on some interface. */
  | { readonly kind: "interface" }
  | { readonly kind: "networks"; readonly networks: readonly Network[] }
  /** Only known while the firewall runs: a URL table, host names. */
  | { readonly kind: "unknown" };

/**
 * The translation of an outbound rule (`filter.inc`, `filter_nat_rules_generate_if()`): `wanip` and the like, nothing,
 * and what is neither an address nor an alias are the interface's own address.
 */
export function translationOf(config: Config, rule: OutboundRule): NatAddress {
  return addressesOf(config, rule.targetText) ?? { kind: "interface" };
}

/** What a text names: addresses, or an alias of them; undefined if neither. */
function addressesOf(config: Config, text: string, depth = 0): NatAddress | undefined {
  const place = parseNetwork(text);
  if (place) return { kind: "networks", networks: [place] };
  const alias = config.alias(text);
  if (!alias || depth > aliasDepth) return undefined;
  const parts = alias.members.map((member) => addressesOf(config, member, depth + 1));
  if (/^url/.test(alias.type.text) || parts.some((part) => part?.kind !== "networks")) return { kind: "unknown" };
  return { kind: "networks", networks: parts.flatMap((part) => (part?.kind === "networks" ? part.networks : [])) };
}

/** Aliases may name each other in circles. */
const aliasDepth = 20;

/** The networks that the source of an outbound rule covers; undefined if only the running firewall knows. */
export function sourcesOf(
  config: Config,
  { sourceText }: OutboundRule,
): readonly Network[] | "any" | "self" | undefined {
  if (sourceText === "any") return "any";
  if (sourceText === "(self)") return "self";
  const own = config.interface(sourceText);
  if (own) return families.flatMap((family) => own.networkOf(family) ?? []);
  const holder = config.interface(sourceText.replace(/ip$/, ""));
  if (holder && sourceText.endsWith("ip")) return families.flatMap((family) => hostOf(holder.addressOf(family)));
  const found = addressesOf(config, sourceText);
  return found?.kind === "networks" ? found.networks : undefined;
}

const families = [4, 6] as const;
const hostOf = (address: Address | undefined): readonly Network[] =>
  address ? [{ address, bits: address.family === 4 ? 32 : 128 }] : [];

/** The interface whose own address a text such as `wanip` means. */
export function ownerOf(config: Config, text: string): Interface | undefined {
  return text.endsWith("ip") ? config.interface(text.slice(0, -"ip".length)) : undefined;
}

/** The families that an entry is about. Outbound NAT without a choice is about that of its source, or both. */
export function natFamilies(entry: OutboundRule | PortForward | OneToOne): readonly (4 | 6)[] {
  const { text } = entry.ipProtocol;
  if (text === "inet6") return [6];
  if (text === "inet46") return families;
  if (text !== "" || !("sourceText" in entry)) return [4];
  const source = parseNetwork(entry.sourceText);
  return source ? [source.address.family] : families;
}

/** A CARP VIP, or an IP alias stacked on one: an address that fails over. */
export const failsOver = (vip: Vip): boolean => vip.isCarp || (vip.isAlias && vip.isStacked);

/** The VIP that fails over and has an address, or lies in a network. */
export const failoverVipIn = (config: Config, place: Network): Vip | undefined =>
  config.vips.find((vip) => failsOver(vip) && vip.subnet.value !== undefined && contains(place, vip.subnet.value));

/** A VIP that XMLRPC sync leaves at home and that holds an address: a plain IP alias, or proxy ARP (`rc.filter_synchronize`). */
export const localVipWith = (config: Config, address: Address): Vip | undefined =>
  config.vips.find(
    (vip) =>
      (vip.isAlias || vip.mode.text === "proxyarp") &&
      !vip.isStacked &&
      vip.interface.text !== "lo0" &&
      holds(vip, address),
  );

/** Whether an address is that of a VIP; proxy ARP and mode `other` may hold a whole network. */
export function holds(vip: Vip, address: Address): boolean {
  const own = vip.subnet.value;
  if (own && sameAddress(own, address)) return true;
  const ranged = vip.mode.text === "proxyarp" || vip.mode.text === "other";
  return ranged && vip.network !== undefined && contains(vip.network, address);
}

/** A NAT address that names one host, or undefined. */
export function hostIn(text: string): Address | undefined {
  const address = parseAddress(text);
  if (address) return address;
  const place = parseNetwork(text);
  return place && place.bits === (place.address.family === 4 ? 32 : 128) ? place.address : undefined;
}
