import type { Effect, Scenario, SimulatedVip, Simulation } from "../simulation.ts";
import { count, printable } from "./printable.ts";
import { wiresText } from "./simulate-wires.ts";
import { noPaint, type Paint } from "./text.ts";

export interface SimulationTextOptions {
  readonly paint?: Paint;
  /** Also why each VIP is where it is, in every scenario. */
  readonly verbose?: boolean;
  /** Without the last line, which sums up. */
  readonly quiet?: boolean;
}

/** More VIPs than this are put together in one column where they share their fate. */
const widestTable = 4;

/** A table of scenarios and VIPs, what breaks and why, and what the hosts around the pair notice. */
export function simulationText(simulation: Simulation, options: SimulationTextOptions = {}): string {
  const paint = options.paint ?? noPaint;
  const { primary, secondary, scenarios } = simulation;
  const head = `${printable(primary.source.path)} (${named("primary", primary.name)}) and ${printable(secondary.source.path)} (${named("secondary", secondary.name)})`;
  if ((scenarios[0]?.vips.length ?? 0) === 0) return `${head}\n\nno CARP VIP on either node: nothing fails over\n`;
  const parts = [
    head,
    ...wiresText(simulation, paint),
    table(simulation, paint),
    ...reasons(scenarios, paint, options.verbose ?? false),
  ];
  const last = options.quiet ? [] : [summary(scenarios, paint)];
  return `${[...parts, ...effects(scenarios, paint), ...last].join("\n\n")}\n`;
}

const named = (role: string, name: string): string => [role, printable(name)].filter((part) => part !== "").join(", ");

/** VIPs that share a column: all of one fate, or one alone. */
interface Column {
  readonly head: readonly string[];
  /** Position of its first VIP. */
  readonly index: number;
}

function table({ scenarios }: Simulation, paint: Paint): string {
  const columns = columnsOf(scenarios);
  const cells = scenarios.map((scenario, i) => [
    String(i + 1).padStart(String(scenarios.length).length),
    printable(scenario.title),
    ...columns.map(({ index }) => cell(scenario.vips[index])),
    takeover(scenario.vips),
  ]);
  const heads = [0, 1].map((line) => [
    "",
    "",
    ...columns.map(({ head }) => head[line] ?? ""),
    line === 0 ? "takeover" : "",
  ]);
  const all = [...heads, ...cells];
  const widths = (all[0] ?? []).map((_, i) => Math.max(...all.map((row) => (row[i] ?? "").length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    ...heads.map((row) => paint.strong(`  ${line(row)}`.trimEnd())),
    ...scenarios.map((scenario, i) => `${mark(scenario.ok, paint)} ${line(cells[i] ?? [])}`),
  ].join("\n");
}

function columnsOf(scenarios: readonly Scenario[]): readonly Column[] {
  const vips = scenarios[0]?.vips ?? [];
  const fates = vips.map((_, i) => scenarios.map(({ vips: all }) => cell(all[i])).join());
  if (vips.length <= widestTable)
    return vips.map((vip, index) => ({ head: [printable(vip.address), title(vip)], index }));
  const firsts = fates.flatMap((fate, i) => (fates.indexOf(fate) === i ? [i] : []));
  return firsts.map((index) => {
    const together = vips.filter((_, i) => fates[i] === fates[index]);
    const [vip] = together;
    const alone = together.length === 1 && vip !== undefined;
    return {
      head: alone ? [printable(vip.address), title(vip)] : [count(together.length, "VIP"), interfacesOf(together)],
      index,
    };
  });
}

const title = ({ vhid, interface: key }: SimulatedVip): string => `VHID ${vhid}, ${printable(key)}`;

/** The interfaces of many VIPs, as far as they fit above a column. */
function interfacesOf(vips: readonly SimulatedVip[]): string {
  const keys = [...new Set(vips.map((vip) => printable(vip.interface)))];
  return keys.length > 3 ? `${keys.slice(0, 2).join(", ")} …` : keys.join(", ");
}

const cell = (vip: SimulatedVip | undefined): string => `${vip?.master ?? ""}${vip && !vip.ok ? " !" : ""}`;

/** The time until the last VIP has moved. */
function takeover(vips: readonly SimulatedVip[]): string {
  const times = vips.map(({ takeoverSeconds }) => takeoverSeconds).filter((time) => time !== undefined);
  return times.length === 0 ? "" : `${Math.max(...times).toFixed(1)} s`;
}

const mark = (ok: boolean, paint: Paint): string => (ok ? paint.good("✓") : paint.bad("✗"));

/** Why VIPs are where they are: where something is wrong, or everywhere if asked for. */
function reasons(scenarios: readonly Scenario[], paint: Paint, verbose: boolean): string[] {
  const lines = scenarios.flatMap(({ vips }, i) => {
    const told = vips.filter((vip) => verbose || !vip.ok);
    const groups = together(told, (vip) => `${mark(vip.ok, paint)} ${held(vip)}; ${printable(vip.why)}`);
    return groups.map(([, group]) => ({ line: reason(group, paint), number: i + 1 }));
  });
  const heading = verbose ? "Why the VIPs are where they are" : "What goes wrong, and why";
  return section(`${heading} (in which scenarios)`, lines, paint);
}

const reason = (vips: readonly SimulatedVip[], paint: Paint): string => {
  const [vip] = vips;
  return vip ? `${mark(vip.ok, paint)} ${names(vips)}: ${held(vip)}; ${printable(vip.why)}` : "";
};

/** Lines below a heading, each told once, with the numbers of the scenarios that have it. */
function section(heading: string, told: readonly { line: string; number: number }[], paint: Paint): string[] {
  if (told.length === 0) return [];
  const lines = together(told, ({ line }) => line).map(
    ([line, where]) => `  ${line} ${paint.dim(`(${ranges(where.map(({ number }) => number))})`)}`,
  );
  return [[paint.strong(heading), ...lines].join("\n")];
}

const names = (vips: readonly SimulatedVip[]): string =>
  vips.length > widestTable
    ? count(vips.length, "VIP")
    : vips.map((vip) => `${printable(vip.address)} (${title(vip)})`).join(", ");

function held({ master, primary, secondary }: SimulatedVip): string {
  if (master === "both") return "both nodes are master";
  if (primary === "MASTER" && secondary === "MASTER") return "both nodes are master, each for itself";
  return master === "none" ? "no node is master" : `the ${master} is master`;
}

function effects(scenarios: readonly Scenario[], paint: Paint): string[] {
  const marks: Readonly<Record<Effect["outcome"], string>> = {
    good: paint.good("✓"),
    bad: paint.bad("✗"),
    note: paint.dim("·"),
  };
  const lines = scenarios.flatMap((scenario, i) =>
    scenario.effects.map(({ topic, outcome, message }) => ({
      line: `${marks[outcome]} ${topic}: ${printable(message)}`,
      number: i + 1,
    })),
  );
  return section("What hosts notice (in which scenarios)", lines, paint);
}

/** `1, 3–5`, of ascending numbers. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}

/** Items by what is said of them, in the order of the first of each. */
function together<T>(items: readonly T[], said: (item: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = said(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups];
}

function summary(scenarios: readonly Scenario[], paint: Paint): string {
  const wrong = scenarios.filter(({ ok }) => !ok).length;
  const vips = count(scenarios[0]?.vips.length ?? 0, "CARP VIP");
  const verdict =
    wrong === 0 ? "every VIP is where it should be" : `in ${wrong} of them a VIP is not where it should be`;
  const losses = scenarios.filter((scenario) => scenario.effects.some(({ outcome }) => outcome === "bad")).length;
  const loss = losses === 0 ? "" : `; in ${losses} of them hosts lose something`;
  return `${paint.strong(`${count(scenarios.length, "scenario")}, ${vips}`)}: ${verdict}${loss}`;
}
