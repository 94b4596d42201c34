import type { Cluster } from "../cluster/cluster.ts";
import { type Difference, differencesBetween } from "./xmlrpc-sync/difference.ts";
import { afterSync } from "./xmlrpc-sync.ts";

export type { Difference, FieldDifference } from "./xmlrpc-sync/difference.ts";

const known = new WeakMap<Cluster, readonly Difference[]>();

/** What the secondary has otherwise than a sync that gets through would leave it, computed once for each cluster. */
export function syncDrift(cluster: Cluster): readonly Difference[] {
  let drift = known.get(cluster);
  if (!drift) {
    drift = differencesBetween(cluster.secondary, afterSync(cluster).onceThrough);
    known.set(cluster, drift);
  }
  return drift;
}
