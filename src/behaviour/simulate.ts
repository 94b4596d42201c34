import type { Cluster } from "../cluster/cluster.ts";
import type { NodeInfo, NodeRole } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { Scenario, SimulatedVip, Simulation } from "../simulation.ts";
import { type Deafness, deafnessOf } from "./carp-election/hearing.ts";
import { type Situation, situationsOf } from "./carp-election/scenarios.ts";
import { stationOf } from "./carp-election/station.ts";
import { elect, type Stations, takeoverSeconds, withoutBridge } from "./carp-election.ts";
import { effectsOf } from "./effects.ts";
import { wiresOf } from "./wires.ts";

const roles = ["primary", "secondary"] as const;

/** Who is master of what in every failover scenario, and what that means for the hosts around the pair. */
export function simulate(cluster: Cluster): Simulation {
  const elections = electionsOf(cluster);
  const played = new Map<string, Scenario>();
  for (const situation of situationsOf(cluster)) {
    const before = situation.after === undefined ? undefined : played.get(situation.after);
    const vips = elections.map((election, i) => playVip(cluster, situation, election, before?.vips[i]));
    const ok = vips.length > 0 && vips.every((vip) => vip.ok);
    const effects = effectsOf(cluster, situation, vips, before?.vips);
    const counts = situation.primary.mute === undefined && situation.secondary.mute === undefined;
    played.set(situation.id, { id: situation.id, title: situation.title, vips, ok, counts, effects });
  }
  return {
    primary: infoOf(cluster.primary),
    secondary: infoOf(cluster.secondary),
    wires: wiresOf(cluster),
    scenarios: [...played.values()],
  };
}

/** A VHID of either node, and what keeps the nodes from hearing each other on it. */
interface Election {
  readonly vip: Vip;
  readonly primary: Vip | undefined;
  readonly secondary: Vip | undefined;
  readonly deafness: Deafness;
}

function electionsOf(cluster: Cluster): readonly Election[] {
  const { pairs, primaryOnly, secondaryOnly } = cluster.carpVips;
  const twinOf = new Map(pairs.map(({ primary, secondary }) => [primary, secondary]));
  const alone = new Set(primaryOnly);
  const ofPrimary = cluster.primary.carpVips.filter((vip) => twinOf.has(vip) || alone.has(vip));
  const deaf: Deafness = { primary: [], secondary: [] };
  return [
    ...ofPrimary.map((vip) => {
      const secondary = twinOf.get(vip);
      const deafness = secondary ? deafnessOf(cluster, { primary: vip, secondary }) : deaf;
      return { vip, primary: vip, secondary, deafness };
    }),
    ...secondaryOnly.map((vip) => ({ vip, primary: undefined, secondary: vip, deafness: deaf })),
  ];
}

function playVip(
  cluster: Cluster,
  situation: Situation,
  election: Election,
  before: SimulatedVip | undefined,
): SimulatedVip {
  const station = (role: NodeRole) => stationOf(cluster[role], role, election[role], situation[role]);
  const stations: Stations = { primary: station("primary"), secondary: station("secondary") };
  const { vip } = election;
  const key = vip.interface.text;
  const mute = roles.filter((role) => situation[role].mute?.has(key));
  const outcome =
    mute.length > 0 ? withoutBridge(stations, mute, key) : elect(stations, election.deafness, single(before?.master));
  const ok = outcome.master === situation.wanted && !outcome.chance;
  return {
    interface: key,
    vhid: vip.vhid.value ?? 0,
    address: vip.subnet.text,
    primary: outcome.primary,
    secondary: outcome.secondary,
    master: outcome.master,
    ok,
    takeoverSeconds: takeover(stations, single(before?.master), single(outcome.master), mute.length === 0),
    why: ok ? outcome.why : `${outcome.why}${unnoticed(situation, outcome.master)}`,
  };
}

const single = (master: SimulatedVip["master"] | undefined): NodeRole | undefined =>
  master === "primary" || master === "secondary" ? master : undefined;

const takeover = (
  stations: Stations,
  from: NodeRole | undefined,
  to: NodeRole | undefined,
  heard: boolean,
): number | undefined =>
  from === undefined || to === undefined || from === to ? undefined : takeoverSeconds(stations, from, to, heard);

/** A VIP stays where it is, for CARP learns of a dead bridge nothing that would demote a node. */
function unnoticed(situation: Situation, master: SimulatedVip["master"]): string {
  const mute = master === "primary" || master === "secondary" ? situation[master].mute : undefined;
  if (!mute || mute.size === 0) return "";
  return `; the ${master}'s link on ${[...mute].join(", ")} stays up without the bridge, so CARP does not demote it`;
}

const infoOf = (config: Config): NodeInfo => ({
  source: config.source,
  name: config.system.fullName,
  version: config.version.text,
});
