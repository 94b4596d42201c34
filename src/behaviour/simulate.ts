import type { Cluster } from "../cluster/cluster.ts";
import type { NodeInfo, NodeRole } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { Scenario, SimulatedVip, Simulation } from "../simulation.ts";
import { type Deafness, deafnessOf } from "./carp-election/hearing.ts";
import { type Situation, situationsOf } from "./carp-election/scenarios.ts";
import { stationOf } from "./carp-election/station.ts";
import { elect, type Stations, takeoverSeconds } from "./carp-election.ts";
import { effectsOf } from "./effects.ts";

/** Who is master of what in every failover scenario, and what that means for the hosts around the pair. */
export function simulate(cluster: Cluster): Simulation {
  const elections = electionsOf(cluster);
  const played = new Map<string, Scenario>();
  for (const situation of situationsOf(cluster)) {
    const before = situation.after === undefined ? undefined : played.get(situation.after);
    const vips = elections.map((election, i) => playVip(cluster, situation, election, before?.vips[i]));
    const ok = vips.length > 0 && vips.every((vip) => vip.ok);
    const effects = effectsOf(cluster, situation, vips, before?.vips);
    played.set(situation.id, { id: situation.id, title: situation.title, vips, ok, effects });
  }
  return { primary: infoOf(cluster.primary), secondary: infoOf(cluster.secondary), scenarios: [...played.values()] };
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
  const outcome = elect(stations, election.deafness, single(before?.master));
  const { vip } = election;
  return {
    interface: vip.interface.text,
    vhid: vip.vhid.value ?? 0,
    address: vip.subnet.text,
    primary: outcome.primary,
    secondary: outcome.secondary,
    master: outcome.master,
    ok: outcome.master === situation.wanted && !outcome.chance,
    takeoverSeconds: takeover(stations, single(before?.master), single(outcome.master)),
    why: outcome.why,
  };
}

const single = (master: SimulatedVip["master"] | undefined): NodeRole | undefined =>
  master === "primary" || master === "secondary" ? master : undefined;

const takeover = (stations: Stations, from: NodeRole | undefined, to: NodeRole | undefined): number | undefined =>
  from === undefined || to === undefined || from === to ? undefined : takeoverSeconds(stations, from, to);

const infoOf = (config: Config): NodeInfo => ({
  source: config.source,
  name: config.system.fullName,
  version: config.version.text,
});
