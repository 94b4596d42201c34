import { simulate } from "../../src/behaviour/simulate.ts";
import type { Scenario, SimulatedVip } from "../../src/simulation.ts";
import { clusterFrom, type Files } from "./pair.ts";

/** The scenarios of a pair, by id. */
export function play(files: Files): Record<string, Scenario> {
  return Object.fromEntries(simulate(clusterFrom(files)).scenarios.map((scenario) => [scenario.id, scenario]));
}

/** Who is master of each VIP, in the order of the file: `primary primary`. */
export const masters = (scenario: Scenario | undefined): string =>
  scenario?.vips.map(({ master }) => master).join(" ") ?? "no such scenario";

/** The state of a VIP on both nodes: `MASTER BACKUP`. */
export const states = (vip: SimulatedVip | undefined): string => `${vip?.primary} ${vip?.secondary}`;

/** Messages of the effects of a topic. */
export const effects = (scenario: Scenario | undefined, topic: string): readonly string[] =>
  scenario?.effects
    .filter((effect) => effect.topic === topic)
    .map(({ outcome, message }) => `${outcome}: ${message}`) ?? [];
