import fc from "fast-check";
import { expect, test } from "vitest";
import type { Deafness } from "../../src/behaviour/carp-election/hearing.ts";
import { type Candidate, pace, stationOf } from "../../src/behaviour/carp-election/station.ts";
import { elect } from "../../src/behaviour/carp-election.ts";
import type { Vip } from "../../src/model/virtual-ips.ts";
import type { CarpState } from "../../src/simulation.ts";
import { configOf, type Files, small } from "../support/pair.ts";
import { play } from "../support/simulation.ts";

const skew = fc.integer({ min: 0, max: 254 });
const base = fc.integer({ min: 1, max: 254 });

/** What a node says of one VHID. */
interface Pace {
  readonly advbase: number;
  readonly advskew: number;
}
const pair = fc.record({
  primary: fc.record({ advbase: base, advskew: skew }),
  secondary: fc.record({ advbase: base, advskew: skew }),
});

function files({ primary, secondary }: Readonly<Record<keyof Files, Pace>>): Files {
  const set = (content: string, { advbase, advskew }: Pace): string =>
    content.replace(/<advbase>\d+</g, `<advbase>${advbase}<`).replace(/<advskew>\d+</g, `<advskew>${advskew}<`);
  return { primary: set(small.primary, primary), secondary: set(small.secondary, secondary) };
}

test("a VHID whose nodes hear each other has exactly one master, as long as one of them is up", () => {
  fc.assert(
    fc.property(pair, (paces) => {
      for (const { vips } of Object.values(play(files(paces)))) {
        for (const { primary, secondary, master } of vips) {
          expect([primary, secondary].filter((state) => state === "MASTER")).toHaveLength(1);
          expect(master).toBe(primary === "MASTER" ? "primary" : "secondary");
        }
      }
    }),
    { numRuns: 30 },
  );
});

test("a secondary slower by any step, below 240, makes every scenario right", () => {
  const healthy = fc
    .record({ advbase: base, primary: fc.integer({ min: 0, max: 238 }), step: fc.integer({ min: 1, max: 239 }) })
    .filter(({ primary, step }) => primary + step <= 239);
  fc.assert(
    fc.property(healthy, ({ advbase, primary, step }) => {
      const scenarios = play(
        files({ primary: { advbase, advskew: primary }, secondary: { advbase, advskew: primary + step } }),
      );
      for (const { id, ok } of Object.values(scenarios)) expect(ok, id).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("with the two nodes exchanged, everything is mirrored", () => {
  const mirror = { primary: "secondary", secondary: "primary", both: "both", none: "none" } as const;
  const mirrored = [
    ["primary-link-down:wan", "secondary-link-down:wan"],
    ["primary-link-down:lan", "secondary-link-down:lan"],
    ["primary-down", "secondary-down"],
  ] as const;
  fc.assert(
    fc.property(pair, (paces) => {
      // A tie is decided by who came first, and that is always the primary.
      fc.pre(interval(paces.primary) !== interval(paces.secondary));
      const one = play(files(paces));
      const other = play({ primary: files(paces).secondary, secondary: files(paces).primary });
      const holders = (scenario: (typeof one)[string] | undefined) => scenario?.vips.map(({ master }) => master) ?? [];
      expect(holders(other["normal"])).toEqual(holders(one["normal"]).map((master) => mirror[master]));
      for (const [here, there] of mirrored) {
        expect(holders(other[there]), here).toEqual(holders(one[here]).map((master) => mirror[master]));
        expect(holders(other[here]), there).toEqual(holders(one[there]).map((master) => mirror[master]));
      }
    }),
    { numRuns: 30 },
  );
});

const interval = ({ advbase, advskew }: Pace): number => advbase * 256 + Math.min(240, advskew);

const config = configOf(small.primary);
const vip = config.carpVips[0] as Vip;

const candidate = (advbase: number, advskew: number, demotion: number): Candidate => ({
  state: "up",
  vip,
  advbase,
  advskew,
  effectiveSkew: Math.min(240, advskew + demotion),
  burdens: [],
});

const all: Deafness = { primary: [], secondary: [] };
const rank: Readonly<Record<CarpState, number>> = { DOWN: 0, INIT: 0, BACKUP: 1, MASTER: 2 };

test("demotion never makes a node more attractive, and never makes it advertise faster", () => {
  const role = fc.constantFrom("primary", "secondary", undefined);
  fc.assert(
    fc.property(base, skew, base, skew, fc.nat(1000), role, (b1, s1, b2, s2, demotion, incumbent) => {
      const other = candidate(b2, s2, 0);
      const before = elect({ primary: candidate(b1, s1, 0), secondary: other }, all, incumbent);
      const after = elect({ primary: candidate(b1, s1, demotion), secondary: other }, all, incumbent);
      expect(rank[after.primary]).toBeLessThanOrEqual(rank[before.primary]);
      expect(pace(candidate(b1, s1, demotion))).toBeGreaterThanOrEqual(pace(candidate(b1, s1, 0)));
    }),
  );
});

test("what is advertised never exceeds 240, whatever adds up", () => {
  const links = fc.subarray(["wan", "lan", "opt1"]);
  fc.assert(
    fc.property(links, fc.boolean(), (down, maintenance) => {
      const condition = { linksDown: new Set(down), ...(maintenance && ({ maintenance: true } as const)) };
      const station = stationOf(config, "primary", vip, condition);
      if (station.state === "up") expect(station.effectiveSkew).toBeLessThanOrEqual(240);
      else expect(down).toContain("wan");
    }),
  );
});

test("two nodes of which neither hears the other are both master, whatever they advertise", () => {
  const deaf: Deafness = { primary: ["a reason"], secondary: ["a reason"] };
  fc.assert(
    fc.property(base, skew, base, skew, (b1, s1, b2, s2) => {
      const stations = { primary: candidate(b1, s1, 0), secondary: candidate(b2, s2, 0) };
      expect(elect(stations, deaf, undefined)).toMatchObject({
        primary: "MASTER",
        secondary: "MASTER",
        master: "both",
      });
    }),
  );
});

test("no MASTER steps down for a node that it does not hear", () => {
  fc.assert(
    fc.property(base, skew, base, skew, fc.constantFrom("primary", "secondary"), (b1, s1, b2, s2, deaf) => {
      const stations = { primary: candidate(b1, s1, 0), secondary: candidate(b2, s2, 0) };
      const outcome = elect(stations, { ...all, [deaf]: ["a reason"] }, undefined);
      expect(outcome[deaf]).toBe("MASTER");
      const faster = deaf === "primary" ? "secondary" : "primary";
      const both = pace(stations[faster]) < pace(stations[deaf]);
      expect(outcome.master).toBe(both ? "both" : deaf);
    }),
  );
});
