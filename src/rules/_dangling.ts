import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { NodeRole } from "../diagnostic.ts";
import type { Tree } from "../model/tree.ts";
import type { Span } from "../source.ts";
import { danglingGateways, type GatewayReference } from "./_gateways.ts";
import { type VipReference, vipReferences } from "./_vip-references.ts";
import { misnamed } from "./_vips.ts";

/** A reference that finds nothing, and on which configuration: `after` is the secondary once a sync gets through. */
export interface Dangling<T> {
  readonly reference: T;
  readonly where: NodeRole | "after";
}

/** The references to gateways that find none, each once. The rule gateway-name-exists speaks of them. */
export function referencesWithoutGateway(cluster: Cluster): readonly Dangling<GatewayReference>[] {
  const told = new Set<string>();
  const views = [
    ["primary", cluster.primary],
    ["secondary", cluster.secondary],
    ["after", afterSync(cluster).onceThrough],
  ] as const;
  return views.flatMap(([where, config]) =>
    danglingGateways(config).flatMap((reference) => {
      if (told.has(placeOf(reference.at))) return [];
      told.add(placeOf(reference.at));
      return [{ reference, where }];
    }),
  );
}

/** The references to VIPs that find none, each once. The rule vip-reference-exists speaks of them. */
export function referencesWithoutVip(cluster: Cluster): readonly Dangling<VipReference>[] {
  const { primary, secondary } = cluster;
  const after = afterSync(cluster).onceThrough;
  const later = vipReferences(after);
  // The rule vip-uniqid-match speaks of VIPs that both nodes have by different names.
  const renamed = new Set(misnamed(cluster).flatMap((pair) => [pair.primary.uniqid.text, pair.secondary.uniqid.text]));
  const ofPrimary = vipReferences(primary).filter(({ uniqid }) => !primary.vip(uniqid));
  // What sync replaces by the primary's own, where it is reported, is not reported twice.
  const survives = new Set(later.map(keyOf));
  const named = new Set(ofPrimary.map(nameOf));
  const ofSecondary = vipReferences(secondary)
    .filter(({ uniqid }) => !secondary.vip(uniqid) && !renamed.has(uniqid))
    .filter((one) => survives.has(keyOf(one)) || !named.has(nameOf(one)));
  const told = new Set([...ofPrimary, ...ofSecondary].map(keyOf));
  const ofAfter = later.filter((one) => !after.vip(one.uniqid) && !renamed.has(one.uniqid) && !told.has(keyOf(one)));
  return [
    ...ofPrimary.map((reference) => ({ reference, where: "primary" as const })),
    ...ofSecondary.map((reference) => ({ reference, where: "secondary" as const })),
    ...ofAfter.map((reference) => ({ reference, where: "after" as const })),
  ];
}

const placeOf = ({ source, start }: Span): string => `${source.path}:${start}`;
const keyOf = ({ at, uniqid }: VipReference): string => `${placeOf(at)}:${uniqid}`;
const nameOf = ({ subject, uniqid }: VipReference): string => `${subject}:${uniqid}`;

const known = new WeakMap<Cluster, ReadonlySet<string>>();

/** Whether an element is a reference that finds nothing, of which gateway-name-exists or vip-reference-exists speaks. */
export function isDangling(cluster: Cluster, { at }: Tree): boolean {
  let places = known.get(cluster);
  if (!places) {
    const all = [...referencesWithoutGateway(cluster), ...referencesWithoutVip(cluster)];
    places = new Set(all.map(({ reference }) => placeOf(reference.at)));
    known.set(cluster, places);
  }
  return places.has(placeOf(at));
}

/** Whether an element is or holds such a reference. */
export const holdsDangling = (cluster: Cluster, tree: Tree): boolean =>
  isDangling(cluster, tree) || tree.children.some((child) => holdsDangling(cluster, child));
