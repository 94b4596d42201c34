import { expect, test } from "vitest";
import { carpPasswordMatch as rule } from "../../src/rules/carp-password-match.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { setVip, withoutVipSync } from "../support/vips.ts";

const passwords = (primary: string | undefined, secondary: string | undefined) =>
  setVip(setVip(small, "primary", 2, "password", primary), "secondary", 2, "password", secondary);
const differ = passwords("<![CDATA[needle-one]]>", "<![CDATA[needle-two]]>");

test.for([
  ["spaces, which never reach the kernel", passwords("needle one", "needleone")],
  ["a difference beyond the 19th byte", passwords("needle-needle-needle-1", "needle-needle-needle-2")],
  ["the same text with and without CDATA", passwords("<![CDATA[a&amp;b]]>", "a&amp;b")],
  ["a masked password on the primary", passwords("xxxxx", "needle")],
  ["a masked password on the secondary", passwords("needle", "[REDACTED]")],
  ["none on either node, which carp-password-set reports", passwords("", undefined)],
  ["one VHID without a twin", change(differ, "secondary", "<vhid>2<", "<vhid>3<")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["two passwords", differ, "expected the same password as on the primary, found a different one"],
  ["none on the secondary", passwords("needle", undefined), "expected the same password as on the primary, found none"],
  ["none on the primary", passwords("   ", "needle"), "expected no password as on the primary, found one"],
  ["an escaped quote", passwords("needle'", "needle"), "found a different one"],
] as const)("reports %s and shows none", async ([, files, message]) => {
  const found = await report(rule, files);
  expect(found).toContain(message);
  expect(found).not.toContain("needle");
});

test("writes the primary's password as pfSense does, entities and all", async () => {
  const files = passwords("<![CDATA[a&amp;&quot;b]]>", undefined);
  const after = await fixed(rule, files);
  expect(after.secondary).toContain("<password><![CDATA[a&amp;&quot;b]]></password>");
  expect(await report(rule, after)).toBe("");
});

test("offers no fix that would take a password away, nor where virtual IPs are not synced", async () => {
  expect(await report(rule, passwords("", "needle"))).not.toContain("fix:");
  expect(await report(rule, withoutVipSync(differ))).not.toContain("fix:");
});
