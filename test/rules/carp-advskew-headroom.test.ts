import { expect, test } from "vitest";
import { carpAdvskewHeadroom as rule } from "../../src/rules/carp-advskew-headroom.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { setVip, withoutVipSync } from "../support/vips.ts";

const skews = (primary: string, secondary: string) =>
  setVip(setVip(small, "primary", 2, "advskew", primary), "secondary", 2, "advskew", secondary);

test.for([
  ["the last values that leave room", skews("139", "239")],
  ["140 where virtual IPs are not synced", withoutVipSync(skews("140", "200"))],
  ["a wrong order, which carp-advskew-order reports", skews("254", "254")],
  ["a wrong order with room to spare", skews("150", "140")],
  ["values that the kernel refuses, which carp-value-range reports", skews("255", "255")],
  ["a secondary that the kernel refuses", skews("0", "255")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "140 on the primary, before the sync",
    skews("140", "200"),
    "primary.xml:206:13: error: VHID 2 on lan: expected advskew below 140 on the primary, found 140, from which XMLRPC sync makes 240",
  ],
  ["more than sync can add to", skews("200", "254"), "found 200, from which XMLRPC sync makes 254"],
  [
    "240 on the secondary",
    skews("0", "240"),
    "secondary.xml:206:13: error: VHID 2 on lan: expected advskew below 240 on the secondary, found 240",
  ],
  [
    "240 on the secondary where virtual IPs are not synced",
    withoutVipSync(skews("140", "240")),
    "secondary.xml:206:13: error",
  ],
  ["the primary's where both are to blame", skews("140", "240"), "primary.xml:206:13: error"],
] as const)("reports %s", async ([, files, message]) => {
  const found = await report(rule, files);
  expect(found).toContain(message);
  expect(found.match(/: error:/g)).toHaveLength(1);
});

test("writes what sync would where that is low enough", async () => {
  expect(await fixed(rule, skews("1", "254"))).toEqual(skews("1", "101"));
});

test("spreads the two as a new cluster has them", async () => {
  expect(await fixed(rule, skews("150", "250"))).toEqual(small);
  expect(await fixed(rule, withoutVipSync(skews("1", "254")))).toEqual(withoutVipSync(small));
});

test("fixes the primary alone where the VIP has no twin yet", async () => {
  const files = change(skews("150", "100"), "secondary", "<vhid>2<", "<vhid>3<");
  const after = await fixed(rule, files);
  expect(after).toEqual({ primary: small.primary, secondary: files.secondary });
});
