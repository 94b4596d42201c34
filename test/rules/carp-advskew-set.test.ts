import { expect, test } from "vitest";
import { carpAdvskewSet as rule } from "../../src/rules/carp-advskew-set.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { addVip, setVip } from "../support/vips.ts";

test.for([
  ["a VIP of another mode", addVip(small, "primary", { mode: "ipalias", subnet: "192.168.7.9" })],
  ["an advskew that is no number, which xml-field-readable reports", setVip(small, "primary", 2, "advskew", "none")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("reports a VIP without a twin, and points at no other", async () => {
  const files = change(setVip(small, "primary", 2, "advskew", ""), "secondary", "<vhid>2<", "<vhid>3<");
  const found = await report(rule, files);
  expect(found).toContain("primary.xml:206:13: error: VHID 2 on lan");
  expect(found).not.toContain("secondary.xml");
});

test("writes the value that the primary runs with, on the primary only", async () => {
  const files = setVip(small, "primary", 2, "advskew", "");
  expect(await fixed(rule, files)).toEqual(small);
});
