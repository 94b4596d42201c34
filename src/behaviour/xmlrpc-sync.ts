import type { Cluster } from "../cluster/cluster.ts";
import { Config } from "../model/config.ts";
import { type Obstacle, obstacleOf } from "./xmlrpc-sync/gate.ts";
import { restored } from "./xmlrpc-sync/receiver.ts";
import { outgoing, type SectionName, selectedSections } from "./xmlrpc-sync/sender.ts";

export { type Obstacle, sourceAddress } from "./xmlrpc-sync/gate.ts";
export { type SectionName, selectedSections } from "./xmlrpc-sync/sender.ts";

/** What the next XMLRPC sync does to the secondary. */
export interface SyncResult {
  /** Whether it takes place. */
  readonly performed: boolean;
  /** Why it does not; no capital, no full stop. */
  readonly reason: string | undefined;
  readonly obstacle: Obstacle | undefined;
  /** The secondary after the next sync: as it is where none takes place. */
  readonly config: Config;
  /**
   * The secondary after a sync that gets through: what the selected sections become as soon as nothing is in the way
   * any more. The same as `config` where nothing is.
   */
  readonly onceThrough: Config;
  /** The sections that the primary's boxes select. */
  readonly sections: readonly SectionName[];
}

const known = new WeakMap<Cluster, SyncResult>();

/** The secondary after the next sync, computed once for each cluster. */
export function afterSync(cluster: Cluster): SyncResult {
  let result = known.get(cluster);
  if (!result) {
    result = syncOf(cluster.primary, cluster.secondary);
    known.set(cluster, result);
  }
  return result;
}

/**
 * One XMLRPC sync of a primary with a secondary (`rc.filter_synchronize`; `xmlrpc.php`, `restore_config_section()`):
 * up to config version 23.3 as in 2.7.2, above as in the releases after it. Logins are taken to be accepted, and
 * sections that packages add to the message are left out.
 */
export function syncOf(primary: Config, secondary: Config): SyncResult {
  const obstacle = obstacleOf(primary, secondary);
  const sections = selectedSections(primary);
  const onceThrough = sections.length === 0 ? secondary : configAfter(primary, secondary, sections);
  return {
    performed: obstacle === undefined,
    reason: obstacle?.reason,
    obstacle,
    config: obstacle ? secondary : onceThrough,
    onceThrough,
    sections,
  };
}

function configAfter(primary: Config, secondary: Config, sections: readonly SectionName[]): Config {
  const tree = restored(secondary, outgoing(primary), sections);
  return new Config(tree, secondary.dialect, secondary.source);
}
