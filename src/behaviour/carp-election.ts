import type { NodeRole } from "../diagnostic.ts";
import type { CarpState, SimulatedVip } from "../simulation.ts";
import type { Deafness } from "./carp-election/hearing.ts";
import { type Candidate, pace, patience, type Station } from "./carp-election/station.ts";

export type Stations = Readonly<Record<NodeRole, Station>>;

/** How an election ends. */
export interface Outcome {
  readonly primary: CarpState;
  readonly secondary: CarpState;
  readonly master: SimulatedVip["master"];
  readonly why: string;
  /** Whether both advertise at the same pace, and nobody was master before: then chance decides. */
  readonly chance: boolean;
}

/**
 * Who is master of a VHID, once things have settled (`ip_carp.c`, `carp_input_c()`): the node that advertises faster.
 * There is no tie-break by address: on a tie, whoever is master stays.
 * @param incumbent who was master before
 */
export function elect(stations: Stations, deafness: Deafness, incumbent: NodeRole | undefined): Outcome {
  const { primary, secondary } = stations;
  if (primary.state === "up" && secondary.state === "up") {
    return contest({ primary, secondary }, deafness, incumbent);
  }
  const absences = [primary, secondary].flatMap((station) => (station.state === "up" ? [] : [station.reason]));
  const state = (station: Station): CarpState => (station.state === "up" ? "MASTER" : station.state);
  return {
    primary: state(primary),
    secondary: state(secondary),
    master: primary.state === "up" ? "primary" : secondary.state === "up" ? "secondary" : "none",
    why: absences.join(", and "),
    chance: false,
  };
}

/**
 * The same where the bridge behind the card of one node or both is gone. The link stays up, so a node goes on advertising,
 * to nobody, and hears nobody; hosts find the node whose card is elsewhere.
 * @param mute the nodes whose cards were plugged into that bridge
 */
export function withoutBridge(stations: Stations, mute: readonly NodeRole[], key: string): Outcome {
  const alone = elect(stations, { primary: ["no bridge"], secondary: ["no bridge"] }, undefined);
  const masters = (["primary", "secondary"] as const).filter((role) => alone[role] === "MASTER");
  const [found] = masters.filter((role) => !mute.includes(role));
  const whose = mute.length === 2 ? "both nodes" : `the ${mute[0]}`;
  const cut = `${key} of ${whose} reaches nobody, though its link stays up`;
  const doubled = masters.length === 2 ? "each node hears nobody and is master" : alone.why;
  const hosts = found === undefined ? "hosts find neither" : `hosts find the ${found}`;
  return { ...alone, master: found ?? "none", why: `${cut}: ${doubled}, and ${hosts}`, chance: false };
}

type Candidates = Readonly<Record<NodeRole, Candidate>>;

function contest(candidates: Candidates, deafness: Deafness, incumbent: NodeRole | undefined): Outcome {
  const deaf = (["primary", "secondary"] as const).filter((role) => deafness[role].length > 0);
  if (deaf.length === 2) {
    const why = `neither node takes the other's advertisements: ${reasons(deafness)}`;
    return { primary: "MASTER", secondary: "MASTER", master: "both", why, chance: false };
  }
  const { primary, secondary } = candidates;
  const [deafOne] = deaf;
  if (deafOne !== undefined) return halfHeard(candidates, deafOne, deafness[deafOne].join("; "));
  const difference = pace(secondary) - pace(primary);
  const burdens = [...primary.burdens, ...secondary.burdens].map((burden) => `; ${burden}`).join("");
  if (difference === 0) {
    const stays = incumbent ?? "primary";
    const outcome = incumbent
      ? `the ${incumbent} was master and stays it`
      : "whoever comes up first is master, and nothing prefers the primary";
    return won(
      stays,
      `both nodes advertise every ${seconds(pace(primary))}${capped(candidates)}: ${outcome}${burdens}`,
      {
        chance: incumbent === undefined,
      },
    );
  }
  const [winner, loser] = difference > 0 ? (["primary", "secondary"] as const) : (["secondary", "primary"] as const);
  const paces = `the ${winner} advertises every ${seconds(pace(candidates[winner]))}, the ${loser} every ${seconds(pace(candidates[loser]))}`;
  return won(winner, `${paces}${burdens}`, { chance: false });
}

/** A node that hears nothing is master for certain; the other one steps down if that one is at least as fast. */
function halfHeard(candidates: Candidates, deaf: NodeRole, reason: string): Outcome {
  const other: NodeRole = deaf === "primary" ? "secondary" : "primary";
  const start = `the ${deaf} does not take the ${other}'s advertisements (${reason}) and makes itself master`;
  if (pace(candidates[deaf]) <= pace(candidates[other])) {
    return won(deaf, `${start}; the ${other} hears it and is not faster`, { chance: false });
  }
  const why = `${start}; the ${other} hears it, and is faster`;
  return { primary: "MASTER", secondary: "MASTER", master: "both", why, chance: false };
}

function won(winner: NodeRole, why: string, { chance }: { chance: boolean }): Outcome {
  const [primary, secondary]: [CarpState, CarpState] =
    winner === "primary" ? ["MASTER", "BACKUP"] : ["BACKUP", "MASTER"];
  return { primary, secondary, master: winner, why, chance };
}

function reasons({ primary, secondary }: Deafness): string {
  return [...new Set([...primary, ...secondary])].join("; ");
}

/** A tie that only the ceiling makes is worth a word. */
function capped({ primary, secondary }: Candidates): string {
  const over = [primary, secondary].some(({ advskew, effectiveSkew }) => advskew > effectiveSkew);
  return over || primary.effectiveSkew === 240 ? " (everything above advskew 240 counts as 240)" : "";
}

/** 1/256 s as seconds, for people. */
export const seconds = (ticks: number): string => `${(ticks / 256).toFixed(2)} s`;

/**
 * The longest time until a new master answers, in seconds: it learns from the old one's next advertisement that it is
 * faster, or, if none comes any more, waits as long as a backup does.
 * @param heard whether it still hears the old one, if that is up
 */
export function takeoverSeconds(
  stations: Stations,
  from: NodeRole,
  to: NodeRole,
  heard: boolean = true,
): number | undefined {
  const [old, next] = [stations[from], stations[to]];
  if (next.state !== "up") return undefined;
  return (old.state === "up" && heard ? pace(old) : patience(next)) / 256;
}
