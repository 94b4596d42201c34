import { expect, test } from "vitest";
import { carpMaskMatch as rule } from "../../src/rules/carp-mask-match.ts";
import { fixed, report, small } from "../support/pair.ts";
import { setVip, withoutVipSync } from "../support/vips.ts";

const bits = (primary: string | undefined, secondary: string | undefined) =>
  setVip(setVip(small, "primary", 2, "subnet_bits", primary), "secondary", 2, "subnet_bits", secondary);

test.for([
  [
    "another address, which carp-address-match reports",
    setVip(bits("24", "32"), "secondary", 2, "subnet", "192.168.7.9"),
  ],
  ["a prefix length that is no number", bits("24", "many")],
  ["a prefix length of the primary that is no number", bits("many", "24")],
  ["none on the primary", bits(undefined, "24")],
  ["another than the interface's on the primary, which carp-mask-interface reports", bits("32", "24")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("writes the primary's prefix length, absent or not on the secondary", async () => {
  expect(await report(rule, bits("24", undefined))).toContain(
    "expected prefix length 24 as on the primary, found none",
  );
  expect(await fixed(rule, bits("24", "32"))).toEqual(small);
  expect(await report(rule, await fixed(rule, bits("24", undefined)))).toBe("");
});

test("offers no fix where virtual IPs are not synced", async () => {
  expect(await report(rule, withoutVipSync(bits("24", "32")))).not.toContain("fix:");
});
