import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import type { Related } from "../diagnostic.ts";
import { formatNetwork, type Network, sameNetwork } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import type { Problem } from "./rule.ts";

export const families = [4, 6] as const;
export type Family = (typeof families)[number];

/** A key of the primary that means the network, or the name, of another key on the secondary. */
export interface Moved {
  readonly from: Interface;
  readonly to: Interface;
  /** What tells that the two are the same: the network, or the description. */
  readonly mark: string;
}

/** Keys that have changed places, each set of them once; rules about a single key stay silent about them. */
export interface Exchange {
  readonly keys: readonly string[];
  readonly moved: readonly Moved[];
}

const known = new WeakMap<Cluster, readonly Exchange[]>();

/** Which keys mean another network on the secondary than on the primary. */
export function exchanges(cluster: Cluster): readonly Exchange[] {
  let result = known.get(cluster);
  if (!result) {
    result = joined(movedKeys(cluster));
    known.set(cluster, result);
  }
  return result;
}

/** Whether a key has changed places with another. */
export const isExchanged = (cluster: Cluster, key: string): boolean =>
  exchanges(cluster).some(({ keys }) => keys.includes(key));

/** Keys that belong to a VPN on one node and to another device on the other. */
export const halfVpns = (cluster: Cluster): readonly Pair<Interface>[] =>
  cluster.interfaces.pairs.filter(
    ({ primary, secondary }) =>
      primary.enabled && secondary.enabled && primary.isVpn !== secondary.isVpn && !isExchanged(cluster, primary.key),
  );

/** Whether the rule interface-order-match speaks about a key. */
export const isMisordered = (cluster: Cluster, key: string): boolean =>
  isExchanged(cluster, key) || halfVpns(cluster).some(({ primary }) => primary.key === key);

function movedKeys({ primary, secondary }: Cluster): readonly Moved[] {
  const enabled = (config: Config): readonly Interface[] => config.interfaces.filter((entry) => entry.enabled);
  const there = enabled(secondary);
  return enabled(primary).flatMap((from) => {
    const same = secondary.interface(from.key);
    if (same && families.some((family) => same.addressField(family).unreadable)) return [];
    for (const to of there) {
      const mark = to.key === from.key ? undefined : (sharedNetwork(from, to, same) ?? sharedName(from, to, same));
      if (mark !== undefined) return [{ from, to, mark }];
    }
    return [];
  });
}

/** The network that two keys have in common, if the secondary does not have it under the primary's key. */
function sharedNetwork(from: Interface, to: Interface, same: Interface | undefined): string | undefined {
  for (const family of families) {
    const network = from.networkOf(family);
    if (!network || !equal(network, to.networkOf(family)) || equal(network, same?.networkOf(family))) continue;
    return formatNetwork(network);
  }
  return undefined;
}

/** The description that two keys have in common, where addresses tell nothing. */
function sharedName(from: Interface, to: Interface, same: Interface | undefined): string | undefined {
  if (!same || families.some((family) => from.networkOf(family) ?? to.networkOf(family) ?? same.networkOf(family))) {
    return undefined;
  }
  return from.label === to.label && from.label !== same.label ? from.label : undefined;
}

const equal = (a: Network, b: Network | undefined): boolean => b !== undefined && sameNetwork(a, b);

/** Moves that touch the same keys belong together. */
function joined(moves: readonly Moved[]): readonly Exchange[] {
  let sets: Exchange[] = [];
  for (const move of moves) {
    const keys = [move.from.key, move.to.key];
    const touched = sets.filter((set) => set.keys.some((key) => keys.includes(key)));
    sets = [
      ...sets.filter((set) => !touched.includes(set)),
      {
        keys: [...new Set([...touched.flatMap((set) => set.keys), ...keys])],
        moved: [...touched.flatMap((set) => set.moved), move],
      },
    ];
  }
  return sets;
}

/** Interfaces that are enabled on both nodes and mean the same on both. */
export const sharedInterfaces = (cluster: Cluster): readonly Pair<Interface>[] =>
  cluster.interfaces.pairs.filter(
    ({ primary, secondary }) => primary.enabled && secondary.enabled && !isMisordered(cluster, primary.key),
  );

/** Whether a key carries pfsync on a node of the pair. */
export const isSyncInterface = ({ nodes }: Cluster, key: string): boolean =>
  nodes.some(({ config }) => config.hasync.pfsyncEnabled.on && config.syncInterface?.key === key);

/** Whether a key carries a CARP VIP, of one family if given, on a node of the pair. */
export const carriesCarp = ({ nodes }: Cluster, key: string, family?: Family): boolean =>
  nodes.some(({ config }) => config.carpVipsOn(key, family).length > 0);

/** How the networks of an interface compare: by the families in which it is static on both nodes. */
export function networksAgree({ primary, secondary }: Pair<Interface>): boolean | undefined {
  const compared = families.flatMap((family) => {
    const [here, there] = [primary.networkOf(family), secondary.networkOf(family)];
    return here && there ? [sameNetwork(here, there)] : [];
  });
  return compared.length === 0 ? undefined : compared.every((same) => same);
}

/** Whether an interface has a static address of any family. */
export const isStatic = (entry: Interface): boolean => families.some((family) => entry.addressOf(family) !== undefined);

/** The first thing found that needs an interface. */
export function useOf({ nodes, primary }: Cluster, key: string): Related | undefined {
  for (const { config } of nodes) {
    const vip = config.vips.find((candidate) => config.interfaceOf(candidate) === key);
    if (vip) return { at: vip.interface.at, message: `used by ${vip.title}` };
    const { pfsyncEnabled, pfsyncInterface } = config.hasync;
    if (pfsyncEnabled.on && pfsyncInterface.text === key) return { at: pfsyncInterface.at, message: "used by pfsync" };
    const { enable } = config.dhcpServer(key);
    if (enable.on) return { at: enable.at, message: "used by the DHCP server" };
  }
  const rule = primary.rules.find(({ disabled, interfaces }) => !disabled.on && interfaces.includes(key));
  return rule && { at: rule.interface.at, message: `used by ${rule.title}` };
}

/**
 * Whether a node cannot use an interface that the other one can: it is not there, off, or another one of that key. The
 * rules interface-set-match, interface-enabled-match and interface-order-match speak of it.
 */
export function isMissedOn(cluster: Cluster, { config, peer }: ClusterNode, key: string): boolean {
  const own = config.interface(key);
  if (own?.enabled || !peer.interface(key)?.enabled) return false;
  return !own || isExchanged(cluster, key) || useOf(cluster, key) !== undefined;
}

/** Whether an interface has a static address without a prefix length, which pfSense does not set up. */
export const lacksPrefix = (entry: Interface, family: Family): boolean =>
  entry.addressOf(family) !== undefined && entry.subnetField(family).empty;

/** A problem about such an interface. */
export const withoutPrefix = (entry: Interface, family: Family): Problem => ({
  at: entry.subnetField(family).at,
  message: `${entry.title}: expected a prefix length for ${entry.addressField(family).text}, found none`,
  subject: entry.subject,
  related: [{ at: entry.addressField(family).at, message: "the address" }],
  help: "give the address the prefix length that it has on the other node",
});
