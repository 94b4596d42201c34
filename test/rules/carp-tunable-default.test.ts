import { expect, test } from "vitest";
import { carpTunableDefault as rule } from "../../src/rules/carp-tunable-default.ts";
import { addSections } from "../support/bindings.ts";
import { type Files, fixed, report, small } from "../support/pair.ts";

const tunable = (name: string, value: string): Files =>
  addSections(small, "secondary", `<sysctl><item><tunable>${name}</tunable><value>${value}</value></item></sysctl>`);

test.for([
  ["net.inet.carp.allow", "1", "0"],
  ["net.inet.carp.senderr_demotion_factor", "0", "240"],
  ["net.inet.carp.ifdown_demotion_factor", "240", "0"],
  ["net.pfsync.carp_demotion_factor", "0", "240"],
] as const)("%s is %s", async ([name, value, other]) => {
  expect(await report(rule, tunable(name, value))).toBe("");
  expect(await report(rule, tunable(name, "default"))).toBe("");
  expect(await report(rule, tunable(name, ""))).toBe("");
  expect(await report(rule, tunable(name, other))).toContain(`expected default or ${value}, found ${other}`);
  expect(await fixed(rule, tunable(name, other))).toEqual(tunable(name, "default"));
});

test.for(["net.inet.carp.preempt", "net.inet.carp.log", "net.inet.ip.forwarding"])(
  "%s is nobody's business",
  async (name) => {
    expect(await report(rule, tunable(name, "7"))).toBe("");
  },
);
