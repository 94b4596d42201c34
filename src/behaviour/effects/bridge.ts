import type { Cluster } from "../../cluster/cluster.ts";
import type { NodeRole } from "../../diagnostic.ts";
import { sameAddress } from "../../model/address.ts";
import { bridgeDies, type Effect, type SimulatedVip } from "../../simulation.ts";
import type { Situation } from "../carp-election/scenarios.ts";
import { wiresOf } from "../wires.ts";
import { afterSync } from "../xmlrpc-sync.ts";
import { stateObstacle } from "./connections.ts";
import { effectOn, listed } from "./move.ts";

const connections = effectOn("connections");
const roles = ["primary", "secondary"] as const;

/** What a dead bridge does besides moving VIPs: who reaches nobody, and what the nodes no longer tell each other. */
export function bridgeEffects(
  cluster: Cluster,
  situation: Situation,
  vips: readonly SimulatedVip[],
): readonly Effect[] {
  const told = [
    ...roles.flatMap((role) => strandedOn(cluster, situation, vips, role)),
    ...withoutSync(cluster, situation),
    ...portAlone(cluster, situation),
  ];
  const quiet = told.length === 0 && vips.every(({ master }) => master === "primary");
  return quiet ? [connections("note", "nothing moves")] : told;
}

/** Interfaces of a node that reach nobody, the sync interface aside. */
const lostKeys = (cluster: Cluster, situation: Situation, role: NodeRole): readonly string[] =>
  [...(situation[role].mute ?? [])].filter((key) => key !== cluster[role].syncInterface?.key);

function strandedOn(
  cluster: Cluster,
  situation: Situation,
  vips: readonly SimulatedVip[],
  role: NodeRole,
): readonly Effect[] {
  const lost = lostKeys(cluster, situation, role);
  if (lost.length === 0) return [];
  const kept = vips.filter(({ master }) => master === role).map(({ address }) => address);
  if (kept.length > 0) {
    const message = `the ${role} still answers for ${listed(kept)} and reaches nobody on ${listed(lost)}: what hosts send there through it is lost`;
    return [connections("bad", message)];
  }
  if (role === "primary" || situation.primary.mute) return [];
  const message = `nothing moves; until the bridge is back, the ${role} reaches nobody on ${listed(lost)} and is no backup`;
  return [connections("note", message)];
}

function withoutSync(cluster: Cluster, situation: Situation): readonly Effect[] {
  const cut = roles.some((role) => {
    const key = cluster[role].syncInterface?.key;
    return key !== undefined && situation[role].mute?.has(key);
  });
  const what = [
    ...(cut && stateObstacle(cluster, "primary") === undefined ? ["states of connections made meanwhile"] : []),
    ...(targetCut(cluster, situation) ? ["changes of the configuration"] : []),
  ];
  if (what.length === 0) return [];
  const alone = roles.every((role) => lostKeys(cluster, situation, role).length === 0);
  return [connections("note", `${alone ? "nothing moves; " : ""}${listed(what)} do not reach the other node`)];
}

/** Whether XMLRPC sync, where it takes place at all, goes through the bridge. */
function targetCut(cluster: Cluster, { primary, secondary }: Situation): boolean {
  const target = cluster.primary.hasync.targetAddress;
  if (!target || !afterSync(cluster).performed) return false;
  const there = cluster.secondary.interfaces.find((entry) => {
    const own = entry.enabled ? entry.addressOf(target.family) : undefined;
    return own !== undefined && sameAddress(own, target);
  });
  if (!there || cluster.hypervisor?.apart(there.key) !== undefined) return false;
  return primary.mute?.has(there.key) === true || secondary.mute?.has(there.key) === true;
}

/** The milder case, told beside: the bridge lives, and only its way out of the host is gone. */
function portAlone(cluster: Cluster, { id, primary, secondary }: Situation): readonly Effect[] {
  const machine = wiresOf(cluster)?.machines.find(({ host, cards }) =>
    cards.some(({ bridge }) => bridge !== undefined && bridgeDies(host, bridge) === id),
  );
  const card = machine?.cards.find(({ bridge }) => bridge !== undefined && bridgeDies(machine.host, bridge) === id);
  if (!machine || !card?.ports || card.ports.length === 0) return [];
  const only = `where only its ${card.ports.length === 1 ? "port" : "ports"} ${listed(card.ports)} ${card.ports.length === 1 ? "fails" : "fail"}`;
  if (primary.mute && secondary.mute) {
    const message = `${only}, the nodes still hear each other across the bridge, and nothing moves; hosts behind it find nobody`;
    return [connections("note", message)];
  }
  const role: NodeRole = primary.mute ? "primary" : "secondary";
  const mute = [...(primary.mute ?? secondary.mute ?? [])];
  const carrying = mute.some((key) => cluster[role].carpVipsOn(key).length > 0);
  const besides = carrying ? `, but guests of ${machine.host} on the bridge still find the ${role}` : "";
  return [connections("note", `the same ${only}${besides}`)];
}
