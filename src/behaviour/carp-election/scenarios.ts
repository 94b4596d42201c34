import type { Cluster, ClusterNode } from "../../cluster/cluster.ts";
import type { NodeRole } from "../../diagnostic.ts";
import type { Config } from "../../model/config.ts";
import { splitVlan } from "../../model/routing.ts";
import { bridgeDies, type Card, hostDies, type Machine } from "../../simulation.ts";
import { unplugged, wiresOf } from "../wires.ts";

/** What a scenario does to one node. */
export interface Condition {
  readonly off?: true;
  /** "Temporarily disable CARP": the VIPs are taken off the interfaces (`pfsense-utils.inc`, `disable_carp()`). */
  readonly carpDisabled?: true;
  /** Maintenance mode is switched on, besides what the file says. */
  readonly maintenance?: true;
  /** Keys of the interfaces that lose their link. */
  readonly linksDown?: ReadonlySet<string>;
  /**
   * Keys of the interfaces from which nothing gets anywhere, though their links stay up: a virtual machine does not see
   * that the bridge behind its card is gone. QEMU takes a card's link down when it is told to (`set_link`), never because
   * of the host's network (`virtio-net.c`, `virtio_net_set_link_status()`; the guest's driver reads no more than that).
   */
  readonly mute?: ReadonlySet<string>;
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
  const situations: readonly Situation[] = [
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
    ...hostSituations(cluster),
  ];
  return cluster.hypervisor ? situations.map((situation) => withUnplugged(cluster, situation)) : situations;
}

/** What the hypervisor has unplugged is so in every scenario. */
function withUnplugged(cluster: Cluster, situation: Situation): Situation {
  const condition = (role: NodeRole): Condition => {
    const keys = unplugged(cluster, role);
    if (keys.length === 0) return situation[role];
    return { ...situation[role], linksDown: new Set([...(situation[role].linksDown ?? []), ...keys]) };
  };
  return { ...situation, primary: condition("primary"), secondary: condition("secondary") };
}

/** The hosts of the two virtual machines, and the bridges that these are plugged into, if both machines are known. */
function hostSituations(cluster: Cluster): readonly Situation[] {
  const machines = wiresOf(cluster)?.machines ?? [];
  if (machines.length < 2) return [];
  const hosts = [...new Set(machines.map(({ host }) => host))];
  return [
    ...hosts.map((host) => hostSituation(host, machines)),
    ...hosts.flatMap((host) => bridgeSituations(cluster, host, machines)),
  ];
}

function hostSituation(host: string, machines: readonly Machine[]): Situation {
  const off = (role: NodeRole): boolean => machines.some((machine) => machine.role === role && machine.host === host);
  const both = off("primary") && off("secondary");
  return {
    id: hostDies(host),
    title: `the host ${host} dies, and ${both ? "both nodes" : `the ${off("primary") ? "primary" : "secondary"}`} with it`,
    primary: off("primary") ? { off: true } : up,
    secondary: off("secondary") ? { off: true } : up,
    after: "normal",
    wanted: off("primary") ? "secondary" : "primary",
  };
}

function bridgeSituations(cluster: Cluster, host: string, machines: readonly Machine[]): readonly Situation[] {
  const cards = machines.flatMap((machine) => (machine.host === host ? machine.cards : []));
  const bridges = new Set(cards.map(({ bridge }) => bridge).filter((bridge) => bridge !== undefined));
  return [...bridges].map((bridge) => {
    const condition = (role: NodeRole): Condition => {
      const keys = keysOn(machines, role, host, bridge);
      return keys.length === 0 ? up : { mute: new Set(keys) };
    };
    const [primary, secondary] = [condition("primary"), condition("secondary")];
    const keys = [...new Set([...(primary.mute ?? []), ...(secondary.mute ?? [])])];
    const lost = (role: NodeRole, { mute }: Condition): number =>
      [...(mute ?? [])].filter((key) => cluster[role].carpVipsOn(key).length > 0).length;
    return {
      id: bridgeDies(host, bridge),
      title: `the bridge ${bridge} of ${host} dies, and ${keys.join(", ")} of ${whose(primary, secondary)} with it`,
      primary,
      secondary,
      after: "normal",
      wanted: lost("primary", primary) > lost("secondary", secondary) ? "secondary" : "primary",
    };
  });
}

const whose = (primary: Condition, secondary: Condition): string =>
  primary.mute && secondary.mute ? "both nodes" : `the ${primary.mute ? "primary" : "secondary"}`;

/** Interfaces of a node that are plugged into a bridge. */
export const keysOn = (machines: readonly Machine[], role: NodeRole, host: string, bridge: string): readonly string[] =>
  machines
    .filter((machine) => machine.role === role && machine.host === host)
    .flatMap(({ cards }) =>
      cards.filter((card: Card) => card.bridge === bridge).flatMap(({ interfaces }) => interfaces),
    );

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
  for (let depth = 0; depth < 5; depth++) {
    const vlan = config.vlans.find((entry) => entry.device === device);
    const carrier = vlan?.parent.text ?? splitVlan(device)?.carrier;
    if (!carrier) break;
    device = carrier;
  }
  return device;
}
