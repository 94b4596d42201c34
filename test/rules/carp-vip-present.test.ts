import { expect, test } from "vitest";
import { carpVipPresent as rule } from "../../src/rules/carp-vip-present.ts";
import { change, report, small } from "../support/pair.ts";
import { withoutVipSync } from "../support/vips.ts";

const section = /\t<virtualip>[\s\S]*<\/virtualip>\n/;
const withoutVips = change(small, "primary", section, "");

test("points at the root where the primary has no virtual IPs at all", async () => {
  expect(await report(rule, withoutVips)).toMatch(/^primary.xml:2:1: error: virtual IPs/);
});

test("shows the VIPs that the next sync removes from the secondary", async () => {
  expect(await report(rule, withoutVips)).toContain(
    "secondary.xml:202:3: the secondary's VHID 2 on lan, which the next XMLRPC sync removes",
  );
});

test("does not speak of a removal where virtual IPs are not synced", async () => {
  const found = await report(rule, withoutVipSync(withoutVips));
  expect(found).toContain("the secondary's VHID 2 on lan\n");
});

test("says nothing about a secondary without VIPs: carp-vip-match does", async () => {
  expect(await report(rule, change(small, "secondary", section, ""))).toBe("");
});
