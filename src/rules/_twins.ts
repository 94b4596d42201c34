import { syncedAdvskew } from "../behaviour/carp-skew.ts";
import { interfaceFault } from "../behaviour/vip-interface.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import { sameAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import { type DraftEdit, setText } from "../model/edit.ts";
import type { Field } from "../model/field.ts";
import { maxSkew, type Vip } from "../model/virtual-ips.ts";
import type { DraftFix } from "./rule.ts";

/** Whether the primary sends its VIPs to the secondary, so that what sync would write is what should be there. */
export const syncsVips = (primary: Config): boolean =>
  !primary.hasync.target.empty && primary.hasync.box("virtualip").on;

/** Why a question about twins does not arise. */
export const withoutTwins = ({ carpVips }: Cluster): string | undefined =>
  carpVips.pairs.length === 0 ? "no CARP VIP on both nodes" : undefined;

/** Why a question about CARP VIPs does not arise. */
export const withoutCarpVips = ({ nodes }: Cluster): string | undefined =>
  nodes.some(({ config }) => config.carpVips.length > 0) ? undefined : "no CARP VIP";

/** What sync itself would do about a twin of the secondary; nobody can say so where VIPs are not synced. */
export const asSyncWrites = (cluster: Cluster, title: string, ...edits: readonly DraftEdit[]): DraftFix | undefined =>
  syncsVips(cluster.primary) ? { title, safe: true, edits } : undefined;

/** Whether the secondary does not come after the primary. The rule carp-advskew-order speaks of it. */
export const isOutOfOrder = ({ primary, secondary }: Pair<Vip>): boolean =>
  primary.electable && secondary.electable && secondary.interval <= primary.interval;

/** A CARP VIP of the primary, and its twin if it has one. */
export interface MaybeTwins {
  readonly primary: Vip;
  readonly secondary: Vip | undefined;
}

/** The CARP VIPs of the primary that can hold an election, with or without a twin. */
export const electableVips = ({ carpVips }: Cluster): readonly MaybeTwins[] =>
  [...carpVips.pairs, ...carpVips.primaryOnly.map((primary) => ({ primary, secondary: undefined }))].filter(
    ({ primary }) => primary.electable,
  );

/** Whether sync gives the secondary an advskew with which it advertises as slowly as a demoted primary. */
const syncSaturates = ({ primary }: Cluster, vip: Vip): boolean =>
  syncsVips(primary) && syncedAdvskew(vip.effectiveAdvskew) >= maxSkew;

/**
 * The advskew that makes the secondary advertise as slowly as a demoted primary, so that the latter keeps its VIPs: the
 * primary's, from which sync computes it, or the secondary's own. The rule carp-advskew-headroom speaks of it.
 */
export function saturatedSkew(cluster: Cluster, { primary, secondary }: MaybeTwins): Field<number> | undefined {
  if (secondary && isOutOfOrder({ primary, secondary })) return undefined;
  if (syncSaturates(cluster, primary)) return primary.advskew;
  return secondary?.electable && secondary.effectiveAdvskew >= maxSkew ? secondary.advskew : undefined;
}

/**
 * Whether carp-advskew-headroom or carp-advskew-order gives both twins another advskew, and not the secondary the one
 * that sync would write.
 */
export function spreadsBoth(cluster: Cluster, twins: MaybeTwins): boolean {
  const { primary, secondary } = twins;
  if (secondary && isOutOfOrder({ primary, secondary })) {
    return syncSaturates(cluster, primary) && primary.effectiveAdvbase === secondary.effectiveAdvbase;
  }
  const field = saturatedSkew(cluster, twins);
  return field !== undefined && (field.owner === primary.tree || !syncsVips(cluster.primary));
}

/** The edit that gives a field a number, or none if it has it. */
export const setNumber = (field: Field<number>, value: number): readonly DraftEdit[] =>
  field.value === value ? [] : [setText(field, String(value))];

/** Gives twins the advskews that pfSense recommends, 0 and what sync makes of it. */
export const spreadSkews = (...all: readonly MaybeTwins[]): DraftFix => ({
  title: `set advskew 0 on the primary and ${syncedAdvskew(0)} on the secondary`,
  safe: false,
  edits: all.flatMap(({ primary, secondary }) => [
    ...setNumber(primary.advskew, 0),
    ...(secondary ? setNumber(secondary.advskew, syncedAdvskew(0)) : []),
  ]),
});

/** Writes the advskews that sync would on the secondary; nothing where it copies an empty one. */
export function asSyncSkews(cluster: Cluster, twins: readonly Pair<Vip>[]): DraftFix | undefined {
  if (twins.some(({ primary }) => primary.advskew.empty)) return undefined;
  const skews = twins.map(({ primary }) => syncedAdvskew(primary.effectiveAdvskew));
  const title = `set the advskew that XMLRPC sync would write, ${[...new Set(skews)].join(" and ")}`;
  const edits = twins.flatMap(({ secondary }, i) => setNumber(secondary.advskew, skews[i]!));
  return asSyncWrites(cluster, title, ...edits);
}

/** Whether two VIPs have one address, wherever they are. */
const sameVipAddress = ({ subnet: { value: a } }: Vip, { subnet: { value: b } }: Vip): boolean =>
  a !== undefined && b !== undefined && sameAddress(a, b);

/** Whether two VIPs are on one interface with one address. */
export const samePlace = (a: Vip, b: Vip): boolean => a.interface.text === b.interface.text && sameVipAddress(a, b);

/** The CARP VIPs of a node on the interface and with the address of a VIP, which may be the other node's. */
export const carpVipsAt = (config: Config, vip: Vip): readonly Vip[] =>
  vip.subnet.value ? config.vipsWith(vip.subnet.value).filter((other) => other.isCarp && samePlace(other, vip)) : [];

/** CARP VIPs that both nodes have, by VHID and address, on two interfaces: with the next sync the secondary's moves. */
export const strays = ({ carpVips }: Cluster): readonly Pair<Vip>[] =>
  carpVips.primaryOnly.flatMap((primary) => {
    const secondary = carpVips.secondaryOnly.find(
      (vip) => vip.vhid.value === primary.vhid.value && sameVipAddress(vip, primary),
    );
    return secondary ? [{ primary, secondary }] : [];
  });

/** Those that are in their place on the primary. Of others vip-interface-usable speaks there. */
export const misplaced = (cluster: Cluster): readonly Pair<Vip>[] =>
  strays(cluster).filter(({ primary }) => !interfaceFault(cluster.primary, primary));
