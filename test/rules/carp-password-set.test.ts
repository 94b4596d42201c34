import { expect, test } from "vitest";
import { carpPasswordSet as rule } from "../../src/rules/carp-password-set.ts";
import { change, report, small } from "../support/pair.ts";
import { setVip } from "../support/vips.ts";

test.for([
  ["a password on the primary only, which carp-password-match reports", setVip(small, "secondary", 2, "password", "")],
  ["a password on the secondary only", setVip(small, "primary", 2, "password", "")],
  ["a VIP without a twin", change(setVip(small, "both", 2, "password", ""), "secondary", "<vhid>2<", "<vhid>3<")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["nothing but spaces", setVip(small, "both", 2, "password", "<![CDATA[   ]]>")],
  ["no element", setVip(small, "both", 2, "password", undefined)],
] as const)("reports %s on both nodes", async ([, files]) => {
  const found = await report(rule, files);
  expect(found).toMatch(/^primary.xml:20\d:\d+: warning: VHID 2 on lan/m);
  expect(found).toMatch(/^secondary.xml:20\d:\d+: warning: VHID 2 on lan/m);
});
