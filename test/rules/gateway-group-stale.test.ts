import { expect, test } from "vitest";
import { gatewayGroupStale as rule } from "../../src/rules/gateway-group-stale.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";

const group = (name: string): string =>
  `\t\t<gateway_group>\n\t\t\t<name>${name}</name>\n\t\t\t<item>WANGW|1|address</item>\n\t\t</gateway_group>\n`;
const grouped = (where: keyof Files, files: Files, ...groups: string[]): Files =>
  change(files, where, "\t\t<defaultgw4>", `${groups.map(group).join("")}\t\t<defaultgw4>`);

test("names every stale group, and removes them all", async () => {
  const files = grouped("secondary", small, "ONE", "TWO");
  expect(await report(rule, files)).toContain("gateway groups: expected none as on the primary, found ONE, TWO");
  expect(await fixed(rule, files)).toEqual(small);
});

test("groups that sync replaces are not stale", async () => {
  expect(await report(rule, grouped("primary", grouped("secondary", small, "ONE"), "TWO"))).toBe("");
});

test.for(["defaultgw4", "defaultgw6"])("%s stays where the primary has none", async (name) => {
  const line = new RegExp(`\\t\\t<${name}>.*</${name}>\\n`);
  const files = change(small, "primary", line, "");
  expect(await report(rule, files)).toContain(`default gateway of IPv${name.slice(-1)}: expected it unset`);
  expect((await fixed(rule, files)).secondary).toBe(change(small, "secondary", line, "").secondary);
  expect(await report(rule, change(files, "secondary", line, ""))).toBe("");
});

test("an empty default of the primary is carried, and an empty one of the secondary says what none says", async () => {
  expect(await report(rule, change(small, "primary", "<defaultgw6>-<", "<defaultgw6><"))).toBe("");
  const unset = change(small, "primary", /\t\t<defaultgw6>.*\n/, "");
  expect(await report(rule, change(unset, "secondary", "<defaultgw6>-<", "<defaultgw6><"))).toBe("");
});
