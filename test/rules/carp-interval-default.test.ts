import { expect, test } from "vitest";
import { carpIntervalDefault as rule } from "../../src/rules/carp-interval-default.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { setVip, withoutVipSync } from "../support/vips.ts";

const skews = (primary: string, secondary: string) =>
  setVip(setVip(small, "primary", 2, "advskew", primary), "secondary", 2, "advskew", secondary);
const bases = (primary: string, secondary: string) =>
  setVip(setVip(small, "primary", 2, "advbase", primary), "secondary", 2, "advbase", secondary);

test.for([
  ["no values at all", setVip(skews("", "100"), "both", 2, "advbase", "")],
  ["values that carp-advskew-headroom reports", skews("140", "240")],
  ["an advskew that the kernel refuses", skews("255", "254")],
  ["an advskew that leaves no DHCP server primary, as dhcp-failover-role says", skews("20", "120")],
  ["odd values on the secondary", setVip(skews("0", "37"), "secondary", 2, "advbase", "3")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("reports base and skew apart", async () => {
  const found = await report(rule, setVip(skews("15", "115"), "both", 2, "advbase", "3"));
  expect(found).toContain("primary.xml:206:13: info: VHID 2 on lan: expected advskew 0 or 1 on the primary, found 15");
  expect(found).toContain("primary.xml:207:13: info: VHID 2 on lan: expected advbase 1 on the primary, found 3");
});

test("speaks beside carp-advskew-headroom where that leaves the primary as it is", async () => {
  expect(await report(rule, skews("10", "254"))).toContain("expected advskew 0 or 1 on the primary, found 10");
  expect(await report(rule, withoutVipSync(skews("10", "254")))).toBe("");
});

test("reports a VIP that only the primary has, and fixes it there", async () => {
  const files = change(skews("15", "115"), "secondary", "<vhid>2<", "<vhid>3<");
  expect(await fixed(rule, files)).toEqual({ primary: small.primary, secondary: files.secondary });
});

test("gives the secondary what follows from the primary's new values", async () => {
  expect(await fixed(rule, skews("15", "115"))).toEqual(small);
  expect(await fixed(rule, bases("5", "5"))).toEqual(small);
});

test("takes the values of its options, and writes the first of them", async () => {
  const options = new Map([[rule.id, { advbase: [2, 1], advskew: [10] }]]);
  const files = setVip(bases("2", "2"), "primary", 2, "advskew", "10");
  const left = await report(rule, files, { options });
  expect(left).not.toContain("VHID 2");
  expect(left).toContain("VHID 1 on wan: expected advskew 10 on the primary, found 0");
  const after = await fixed(rule, bases("3", "3"), { options });
  expect(await report(rule, after, { options })).toBe("");
  expect(after).toEqual(
    change(
      change(bases("2", "2"), "primary", /<advskew>0</g, "<advskew>10<"),
      "secondary",
      /<advskew>100</g,
      "<advskew>110<",
    ),
  );
});
