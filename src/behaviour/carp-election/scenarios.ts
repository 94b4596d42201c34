import type { Cluster, ClusterNode } from "../../cluster/cluster.ts";
import type { NodeRole } from "../../diagnostic.ts";
import type { Config } from "../../model/config.ts";

/** What a scenario does to one node. */
export interface Condition {
  readonly off?: true;
  /** "Temporarily disable CARP": the VIPs are taken off the interfaces (`pfsense-utils.inc`, `disable_carp()`). */
  readonly carpDisabled?: true;
  /** Maintenance mode is switched on, besides what the file says. */
  readonly maintenance?: true;
  /** Keys of the interfaces that lose their link. */
  readonly linksDown?: ReadonlySet<string>;
}

/** A scenario before it is played. */
export interface Situation extends Readonly<Record<NodeRole, Condition>> {
  readonly id: string;
  readonly title: string;
  /** The scenario that it comes after: whoever is master there has the VIP when this one begins. */
  readonly after: string | undefined;
  /** The node that should hold every VIP. */
  readonly wanted: NodeRole;
}

const up: Condition = {};

/** All scenarios of a pair, in the order in which they are told. */
export function situationsOf(cluster: Cluster): readonly Situation[] {
  const normal = "normal";
  const onPrimary = (id: string, title: string, primary: Condition): Situation => ({
    id,
    title,
    primary,
    secondary: up,
    after: normal,
    wanted: "secondary",
  });
  return [
    { id: normal, title: "both nodes are up", primary: up, secondary: up, after: undefined, wanted: "primary" },
    onPrimary("primary-down", "the primary is off", { off: true }),
    {
      id: "primary-returns",
      title: "the primary comes back",
      primary: up,
      secondary: up,
      after: "primary-down",
      wanted: "primary",
    },
    {
      id: "secondary-down",
      title: "the secondary is off",
      primary: up,
      secondary: { off: true },
      after: normal,
      wanted: "primary",
    },
    onPrimary("primary-carp-disabled", "CARP is disabled on the primary", { carpDisabled: true }),
    onPrimary("primary-maintenance", "the primary is in maintenance mode", { maintenance: true }),
    ...linkSituations(cluster.nodes[0]),
    ...linkSituations(cluster.nodes[1]),
    ...syncSituation(cluster),
  ];
}

/** One for each interface of the node that carries a CARP VIP. A VLAN goes down with its device, and so with others. */
function linkSituations({ role, config }: ClusterNode): readonly Situation[] {
  const carrying = config.interfaces.filter(({ key, enabled }) => enabled && config.carpVipsOn(key).length > 0);
  return carrying.map(({ key }) => {
    const linksDown = onSameDevice(config, key);
    const others = linksDown.size > 1 ? ` (device ${rootDevice(config, key)}, ${linksDown.size} interfaces)` : "";
    return {
      id: `${role}-link-down:${key}`,
      title: `the ${role} loses the link of ${key}${others}`,
      primary: role === "primary" ? { linksDown } : up,
      secondary: role === "secondary" ? { linksDown } : up,
      after: "normal",
      wanted: role === "primary" ? "secondary" : "primary",
    };
  });
}

/** The network between the nodes is cut: both lose the link of the sync interface, and only that one. */
function syncSituation({ primary, secondary }: Cluster): readonly Situation[] {
  const here = primary.syncInterface?.key;
  const there = secondary.syncInterface?.key;
  if (here === undefined && there === undefined) return [];
  const cut = (key: string | undefined): Condition => (key === undefined ? up : { linksDown: new Set([key]) });
  return [
    {
      id: "sync-link-down",
      title: "the link between the sync interfaces is cut",
      primary: cut(here),
      secondary: cut(there),
      after: "normal",
      wanted: "primary",
    },
  ];
}

function onSameDevice(config: Config, key: string): ReadonlySet<string> {
  const device = rootDevice(config, key);
  const keys = config.interfaces.filter((other) => other.enabled && rootDevice(config, other.key) === device);
  return new Set(keys.map((other) => other.key));
}

/** The device that has the link: of a VLAN, the one that carries it. */
function rootDevice(config: Config, key: string): string {
  let device = config.interface(key)?.device.text ?? "";
  for (let depth = 0; depth < 3; depth++) {
    const vlan = config.vlans.find((entry) => entry.device === device);
    if (!vlan) break;
    device = vlan.parent.text;
  }
  return device.replace(/\.\d+(?:\.\d+)?$/, "");
}
