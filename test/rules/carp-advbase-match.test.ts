import { expect, test } from "vitest";
import { carpAdvbaseMatch as rule } from "../../src/rules/carp-advbase-match.ts";
import { fixed, report, small } from "../support/pair.ts";
import { setVip, withoutVipSync } from "../support/vips.ts";

const bases = (primary: string | undefined, secondary: string | undefined) =>
  setVip(setVip(small, "primary", 2, "advbase", primary), "secondary", 2, "advbase", secondary);

test.for([
  ["1 and none, which means 1", bases("1", undefined)],
  ["none and 1", bases("", "1")],
  ["a wrong order, which carp-advskew-order reports", bases("2", "1")],
  ["a base that is no number", bases("1", "two")],
  ["a base that the kernel refuses, which carp-value-range reports", bases("1", "300")],
  ["a base of the primary that the kernel refuses", bases("255", "300")],
  ["a skew of the primary that the kernel refuses", setVip(bases("1", "2"), "primary", 2, "advskew", "300")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("copies the primary's base as it is, empty or not", async () => {
  expect(await fixed(rule, bases("3", "4"))).toEqual(bases("3", "3"));
  expect(await fixed(rule, bases("", "2"))).toEqual(bases("", ""));
});

test("compares with 1 where the primary has none, and offers no fix where virtual IPs are not synced", async () => {
  const found = await report(rule, withoutVipSync(bases(undefined, "2")));
  expect(found).toContain("expected advbase 1 as on the primary, found 2");
  expect(found).not.toContain("fix:");
});
