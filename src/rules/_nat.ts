import { hostIn, natFamilies, sourcesOf } from "../behaviour/nat-addresses.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { type Address, contains, type Network, parseNetwork } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Field } from "../model/field.ts";
import type { Interface } from "../model/interfaces.ts";
import type { OneToOne, OutboundRule, PortForward } from "../model/nat.ts";
import type { Vip } from "../model/virtual-ips.ts";

/** Why a rule about NAT that travels does not apply. */
export function natStays({ primary: { hasync } }: Cluster): string | undefined {
  if (hasync.target.empty) return "the primary has no XMLRPC target";
  return hasync.box("nat").on ? undefined : "NAT is not selected for XMLRPC sync";
}

/** Why a rule about NAT to VIPs does not apply. */
export const noCarpVip = ({ primary }: Cluster): string | undefined =>
  primary.carpVips.length === 0 ? "no CARP VIP on the primary" : undefined;

/** The outbound rules of one's own that take effect and translate. */
export const translating = ({ outboundNat: { effectiveMode, rules } }: Config): readonly OutboundRule[] =>
  effectiveMode === "hybrid" || effectiveMode === "advanced"
    ? rules.filter(({ disabled, noNat }) => !disabled.on && !noNat.on)
    : [];

/** A place of the NAT configuration that names an address. */
export interface NatPlace {
  readonly title: string;
  readonly subject: string;
  readonly field: Field<string>;
}

/** The addresses that XMLRPC sync carries with NAT entries. `nosync` counts for the two kinds of rules only. */
export function sentAddresses(config: Config): readonly NatPlace[] {
  const place = ({ title, subject }: OutboundRule | PortForward | OneToOne, field: Field<string>): NatPlace => ({
    title,
    subject,
    field,
  });
  const outbound = translating(config).filter(({ nosync }) => !nosync.on);
  const forwards = config.portForwards.filter((one) => !one.disabled.on && !one.nosync.on && !one.noRedirect.on);
  return [
    ...outbound.map((rule) => place(rule, rule.targetField)),
    // A destination that is any or a network is no address, whatever stands beside it.
    ...forwards
      .filter(({ destination: { any, network } }) => !any.on && network.empty)
      .map((rule) => place(rule, rule.destination.address)),
    ...forwards.map((rule) => place(rule, rule.target)),
    ...config.oneToOnes.filter(isActive).map((entry) => place(entry, entry.external)),
  ];
}

/** An address that a NAT entry names and an interface of the node has. */
export interface OwnAddress extends NatPlace {
  readonly address: Address;
  readonly owner: Interface;
}

/** Those of the addresses that only the node itself has. The rule nat-node-address speaks of them. */
export const ownAddresses = (config: Config): readonly OwnAddress[] =>
  sentAddresses(config).flatMap((place) => {
    const address = hostIn(place.field.text);
    const owner = address && config.interfaceWith(address);
    return owner ? [{ ...place, address, owner }] : [];
  });

export const isActive = ({ disabled, noBinat }: OneToOne): boolean => !disabled.on && !noBinat.on;

/** The CARP VIPs of an interface that an entry could use instead. */
export const carpVipsFor = (
  config: Config,
  key: string,
  entry: OutboundRule | PortForward | OneToOne,
): readonly Vip[] => natFamilies(entry).flatMap((family) => config.carpVipsOn(key, family));

export const vipsRelated = (vips: readonly Vip[]): readonly { readonly at: Vip["at"]; readonly message: string }[] =>
  vips.map((vip) => ({ at: vip.subnet.at, message: `the CARP VIP of ${vip.interface.text}` }));

const loopback: readonly Network[] = [parseNetwork("127.0.0.0/8")!, parseNetwork("::1/128")!];

/** Whether a rule is about traffic of the node itself, which must keep its own address; so is what cannot be told. */
export function isOwnTraffic(config: Config, rule: OutboundRule): boolean {
  const sources = sourcesOf(config, rule);
  if (sources === undefined || sources === "self") return true;
  if (sources === "any") return false;
  const wan = config.interface(rule.interface.text);
  const own = [...loopback, wan?.networkOf(4), wan?.networkOf(6)].filter((place) => place !== undefined);
  return sources.every((source) => own.some((place) => contains(place, source)));
}
