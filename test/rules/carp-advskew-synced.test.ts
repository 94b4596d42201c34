import { expect, test } from "vitest";
import { carpAdvskewSynced as rule } from "../../src/rules/carp-advskew-synced.ts";
import { fixed, lintFiles, report, small } from "../support/pair.ts";
import { setVip, withoutVipSync } from "../support/vips.ts";

const skews = (primary: string, secondary: string) =>
  setVip(setVip(small, "primary", 2, "advskew", primary), "secondary", 2, "advskew", secondary);

test.for([
  ["a wrong order, which carp-advskew-order reports", skews("50", "50")],
  ["a value that sync would make too high, as carp-advskew-headroom says", skews("140", "200")],
  ["a primary without one, which carp-advskew-set reports", skews("", "50")],
  ["a value that is too high, as carp-advskew-headroom says", skews("0", "240")],
  ["a value that makes both DHCP servers primary, as dhcp-failover-role says", skews("0", "19")],
  ["a value that is no number", skews("0", "fifty")],
  ["a value of the primary that is no number", skews("none", "50")],
  ["a value that the kernel refuses", skews("0", "255")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["too low", skews("10", "109"), "expected advskew 110 as XMLRPC sync writes it, found 109"],
  [
    "low, and makes no DHCP server primary",
    skews("0", "20"),
    "expected advskew 100 as XMLRPC sync writes it, found 20",
  ],
  ["too high", skews("10", "111"), "expected advskew 110 as XMLRPC sync writes it, found 111"],
  [
    "none, with a longer base to hold the order",
    setVip(skews("10", ""), "secondary", 2, "advbase", "2"),
    "expected advskew 110 as XMLRPC sync writes it, found none",
  ],
] as const)("reports a value that is %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test("writes what sync would, on the secondary only", async () => {
  expect(await fixed(rule, skews("39", "200"))).toEqual(skews("39", "139"));
});

test("does not apply where virtual IPs are not synced", async () => {
  const { notApplicable } = await lintFiles(withoutVipSync(skews("0", "50")), [rule]);
  expect(notApplicable).toEqual([{ rule: rule.id, reason: "virtual IPs are not synced" }]);
});
