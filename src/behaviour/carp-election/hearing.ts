import type { Cluster } from "../../cluster/cluster.ts";
import type { Pair } from "../../cluster/match.ts";
import { compareText, type NodeRole } from "../../diagnostic.ts";
import { contains, formatAddress, linkLocalIpv4, sameAddress, sameNetwork } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import type { Vip } from "../../model/virtual-ips.ts";
import { kernelPassword } from "../carp-password.ts";
import { vhidAddresses } from "../vhid-addresses.ts";
import { droppedCarp } from "../wires.ts";

/** Why a node does not take the other's advertisements of a VHID; empty if it does. */
export type Deafness = Readonly<Record<NodeRole, readonly string[]>>;

export function deafnessOf(cluster: Cluster, twins: Pair<Vip>): Deafness {
  const apart = cluster.hypervisor?.apart(twins.primary.interface.text);
  const both = [...rejections(cluster, twins), ...segments(cluster, twins), ...(apart === undefined ? [] : [apart])];
  return {
    primary: [...both, ...blocked(cluster, twins, "primary"), ...droppedBelow(cluster, twins, "primary")],
    secondary: [...both, ...blocked(cluster, twins, "secondary"), ...droppedBelow(cluster, twins, "secondary")],
  };
}

/**
 * The checksum of an advertisement covers the key and every address of the VHID (`ip_carp.c`, `carp_hmac_prepare()`):
 * where one differs, each node ignores the other.
 */
function rejections({ primary, secondary }: Cluster, twins: Pair<Vip>): string[] {
  const passwords = [twins.primary.password.value, twins.secondary.password.value] as const;
  const masked = passwords.some((password) => password.masked);
  const result =
    masked || kernelPassword(passwords[0]).equals(kernelPassword(passwords[1])) ? [] : ["the VHID passwords differ"];
  const here = vhidAddresses(primary, twins.primary).map(formatAddress);
  const there = vhidAddresses(secondary, twins.secondary).map(formatAddress);
  const only = (mine: readonly string[], other: readonly string[], role: NodeRole): string[] =>
    mine
      .filter((address) => !other.includes(address))
      .sort(compareText)
      .map((address) => `${address} only on the ${role}`);
  const differences = [...only(here, there, "primary"), ...only(there, here, "secondary")];
  return differences.length === 0
    ? result
    : [...result, `the addresses on the VHID differ (${differences.join(", ")})`];
}

/** A key that means another network on the secondary is no twin, though CARP VIPs are matched by key. */
function segments({ primary, secondary }: Cluster, { primary: { interface: field } }: Pair<Vip>): string[] {
  const here = primary.interface(field.text)?.networkOf(4);
  const there = secondary.interface(field.text)?.networkOf(4);
  if (!here || !there || sameNetwork(here, there)) return [];
  const moved = secondary.interfaces.find((other) => {
    const network = other.enabled ? other.networkOf(4) : undefined;
    return network !== undefined && sameNetwork(network, here);
  });
  return moved ? [`${field.text} is another network on the secondary, where ${moved.key} is that of the primary`] : [];
}

/** What the receiver's packet filter drops ahead of the rule that passes CARP (`filter.inc`, `filter_rules_generate()`). */
function blocked(cluster: Cluster, twins: Pair<Vip>, receiver: NodeRole): string[] {
  const sender: NodeRole = receiver === "primary" ? "secondary" : "primary";
  const families = new Set(vhidAddresses(cluster[sender], twins[sender]).map(({ family }) => family));
  const reasons = [...families].map((family) => droppedIn(family, cluster, twins[sender], receiver, sender));
  return reasons.includes(undefined) ? [] : reasons.filter((reason) => reason !== undefined);
}

function droppedIn(
  family: 4 | 6,
  cluster: Cluster,
  { interface: field }: Vip,
  receiver: NodeRole,
  sender: NodeRole,
): string | undefined {
  if (family === 6) {
    const off = (["primary", "secondary"] as const).find((role) => dropsIpv6(cluster[role]));
    return off && `IPv6 is switched off on the ${off}, and CARP over IPv6 with it`;
  }
  const config = cluster[receiver];
  if (config.system.filterDisabled.on) return undefined;
  const from = cluster[sender].interface(field.text)?.addressOf(4);
  if (!from) return undefined;
  const text = formatAddress(from);
  if (contains(linkLocalIpv4, from) && !config.system.noApipaBlock.on) {
    return `the ${receiver} drops what comes from 169.254.0.0/16, as from ${text}`;
  }
  if (!ownAddresses(config).some((own) => sameAddress(own, from))) return undefined;
  return `${text} is an address of both nodes, and the ${receiver} drops CARP that seems to come from itself`;
}

/** What the hypervisor drops on the way to the receiver. */
function droppedBelow(cluster: Cluster, { primary }: Pair<Vip>, receiver: NodeRole): string[] {
  const reason = droppedCarp(cluster, receiver, primary.interface.text);
  return reason === undefined ? [] : [reason];
}

const dropsIpv6 = ({ system }: Config): boolean => !system.ipv6Allow.on && !system.filterDisabled.on;

/** The addresses behind pf's `(self)`, as far as the file tells. */
function ownAddresses(config: Config): readonly Parameters<typeof formatAddress>[0][] {
  const interfaces = config.interfaces.filter(({ enabled }) => enabled).map((entry) => entry.addressOf(4));
  const vips = config.vips.filter((vip) => vip.isCarp || vip.isAlias).map((vip) => vip.subnet.value);
  return [...interfaces, ...vips].filter((address) => address !== undefined);
}
