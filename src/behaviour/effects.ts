import type { Cluster } from "../cluster/cluster.ts";
import type { NodeRole } from "../diagnostic.ts";
import type { Effect, SimulatedVip } from "../simulation.ts";
import type { Situation } from "./carp-election/scenarios.ts";
import { bridgeEffects } from "./effects/bridge.ts";
import { movedConnections, standingConnections, stateObstacle } from "./effects/connections.ts";
import { effectOn, listed, type Move, otherRole } from "./effects/move.ts";
import { movedDhcp, movedDns, movedGateways, movedRa, standingDhcp, standingRa } from "./effects/services.ts";
import { movedTranslations } from "./effects/translation.ts";
import { movedVpns, standingVpns } from "./effects/vpn.ts";

const connections = effectOn("connections");

/**
 * What the hosts around the pair notice of a scenario.
 * @param before the VIPs in the scenario that it comes after
 */
export function effectsOf(
  cluster: Cluster,
  situation: Situation,
  vips: readonly SimulatedVip[],
  before: readonly SimulatedVip[] | undefined,
): readonly Effect[] {
  const { primary, secondary } = situation;
  if (primary.mute || secondary.mute) {
    const all = vips.length > 0 && vips.every(({ master }) => master === "secondary");
    return [
      ...whereabouts(vips.filter(({ master }) => master === "none")),
      ...(all ? moved(moveFrom(cluster, situation, "primary")) : []),
      ...bridgeEffects(cluster, situation, vips),
    ];
  }
  const held = whereabouts(vips);
  if (situation.after === undefined) return [...standing(cluster), ...held];
  if (primary.off && secondary.off) return held;
  const moves = (["primary", "secondary"] as const)
    .filter((from) => vips.some((vip, i) => before?.[i]?.master === from && vip.master === otherRole(from)))
    .map((from) => moveFrom(cluster, situation, from));
  if (moves.length > 0) return [...held, ...moves.flatMap(moved)];
  return [...held, ...stillness(cluster, situation)];
}

const standing = (cluster: Cluster): readonly Effect[] => [
  ...standingConnections(cluster),
  ...standingDhcp(cluster),
  ...standingRa(cluster),
  ...standingVpns(cluster),
];

const moved = (move: Move): readonly Effect[] => [
  ...movedConnections(move),
  ...movedTranslations(move),
  ...movedGateways(move),
  ...movedDns(move),
  ...movedDhcp(move),
  ...movedRa(move),
  ...movedVpns(move),
];

function moveFrom(cluster: Cluster, situation: Situation, from: NodeRole): Move {
  const { off, linksDown, mute } = situation[from];
  const reaches = (key: string): boolean => !off && !linksDown?.has(key) && !mute?.has(key);
  return { cluster, from, to: otherRole(from), reaches };
}

/** VIPs that both nodes hold, that none holds, or that are spread over the two. */
function whereabouts(vips: readonly SimulatedVip[]): readonly Effect[] {
  const of = (master: SimulatedVip["master"]): string[] =>
    vips.filter((vip) => vip.master === master).map(({ address }) => address);
  const effects: Effect[] = [];
  const [both, none, primary, secondary] = [of("both"), of("none"), of("primary"), of("secondary")];
  if (both.length > 0) {
    effects.push(connections("bad", `both nodes answer for ${listed(both)}: connections break at random`));
  }
  if (none.length > 0) effects.push(connections("bad", `nobody answers for ${listed(none)}`));
  if (primary.length > 0 && secondary.length > 0) {
    const smaller = primary.length < secondary.length ? primary : secondary;
    const role = smaller === primary ? "primary" : "secondary";
    effects.push(
      connections(
        "bad",
        `${listed(smaller)} is on the ${role}, the rest is not: what comes in on one node leaves by the other`,
      ),
    );
  }
  return effects;
}

/** Nothing moves, but something may be missing. */
function stillness(cluster: Cluster, { id, secondary }: Situation): readonly Effect[] {
  if (id === "sync-link-down" && stateObstacle(cluster, "primary") === undefined) {
    return [connections("note", "nothing moves; states of connections made meanwhile do not reach the other node")];
  }
  if (secondary.off) return [connections("note", "nothing moves; there is no backup until the secondary is back")];
  return [connections("note", "nothing moves")];
}
