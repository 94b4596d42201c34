import type { Cluster } from "../cluster/cluster.ts";
import { sameAddress } from "../model/address.ts";
import { families } from "./_interfaces.ts";

/** Why a rule does not apply that would only tell, of one thing after another, that the secondary is the primary. */
export const isClone = (cluster: Cluster): string | undefined =>
  copiedAddresses(cluster) > 0 ? "the secondary is a copy of the primary" : undefined;

/**
 * How many static addresses the secondary shares with the primary, where that makes it a copy of the primary: two or
 * more, on the same interfaces, none that differs, and the host name as well. Otherwise 0.
 */
export function copiedAddresses(cluster: Cluster): number {
  const { primary, secondary } = cluster;
  if (primary.system.hostname.text !== secondary.system.hostname.text) return 0;
  const same = cluster.interfaces.pairs.flatMap((pair) =>
    families.flatMap((family) => {
      const here = pair.primary.addressOf(family);
      const there = pair.secondary.addressOf(family);
      return here && there ? [sameAddress(here, there)] : [];
    }),
  );
  return same.length >= 2 && same.every((one) => one) ? same.length : 0;
}
