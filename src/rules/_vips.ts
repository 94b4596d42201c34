import type { Cluster } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import { contains } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Field } from "../model/field.ts";
import type { Vip } from "../model/virtual-ips.ts";

/** VIPs that pfSense sets up on an interface, and that have a uniqid. */
export const boundVips = (config: Config): readonly Vip[] => config.vips.filter((vip) => vip.isCarp || vip.isAlias);

/** Why a question about such VIPs does not arise. */
export const withoutBoundVips = ({ nodes }: Cluster): string | undefined =>
  nodes.some(({ config }) => boundVips(config).length > 0) ? undefined : "no CARP VIP and no IP alias";

/** Twins, and the IP aliases of one address that are stacked on them. */
export const sameVips = (cluster: Cluster): readonly Pair<Vip>[] =>
  cluster.carpVips.pairs.flatMap((twins) => [twins, ...cluster.stackedAliases(twins).pairs]);

/** VIPs that both nodes have and call by different uniqids. The rule vip-uniqid-match speaks of them. */
export const misnamed = (cluster: Cluster): readonly Pair<Vip>[] =>
  sameVips(cluster).filter(
    ({ primary, secondary }) => !primary.uniqid.empty && primary.uniqid.text !== secondary.uniqid.text,
  );

/** The prefix length of the VIP's interface, if it is enabled and its static network holds the VIP. */
export function interfaceBits(config: Config, { interface: key, subnet, family }: Vip): Field<number> | undefined {
  const port = config.interface(key.text);
  const network = family && port?.enabled ? port.networkOf(family) : undefined;
  return family && network && subnet.value && contains(network, subnet.value) ? port?.subnetField(family) : undefined;
}

/** Whether a node has an IP alias of that address whose parent is no CARP VIP. The rule vip-alias-parent speaks of it. */
export const hasDetached = (config: Config, { subnet }: Vip): boolean =>
  subnet.value !== undefined &&
  config.vipsWith(subnet.value).some((vip) => vip.isAlias && vip.isStacked && !config.vip(vip.parentId ?? "")?.isCarp);

/** Whether an address is in the static network of the interface that its VIP is on. */
export const isAtHome = (config: Config, { interface: key, subnet: { value } }: Vip): boolean => {
  const network = value && config.interface(key.text)?.networkOf(value.family);
  return !!network && contains(network, value);
};

/**
 * Whether a CARP VIP with an address of an interface's network is on another interface, where it does not belong. The
 * rule carp-subnet-member speaks of it, or vip-interface-usable.
 */
export function hasVipElsewhere(config: Config, key: string, family: 4 | 6): boolean {
  const network = config.interface(key)?.networkOf(family);
  const isOf = ({ subnet: { value } }: Vip): boolean => !!network && !!value && contains(network, value);
  return config.carpVips.some((vip) => vip.interface.text !== key && isOf(vip) && !isAtHome(config, vip));
}
