import { expect, test } from "vitest";
import { carpVhidMatch as rule } from "../../src/rules/carp-vhid-match.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { addVip, setVip, withoutVipSync } from "../support/vips.ts";

/** VHID 2 and 9 of the primary, with their addresses exchanged on the secondary. */
const both = addVip(small, "both", { subnet: "192.168.7.9" });
const exchanged = setVip(
  setVip(both, "secondary", 2, "subnet", "192.168.7.9"),
  "secondary",
  9,
  "subnet",
  "192.168.7.1",
);
/** On the secondary, the address of VHID 2 has VHID 3, and VHID 2 is another VIP. */
const taken = addVip(change(small, "secondary", "<vhid>2<", "<vhid>3<"), "secondary", {
  vhid: "2",
  subnet: "192.168.7.9",
});

test.for([
  ["another address, which carp-address-match reports", setVip(small, "secondary", 2, "subnet", "192.168.7.2")],
  [
    "another interface, which carp-vip-match reports",
    change(small, "secondary", /<interface>lan<\/interface>(?=\s*<vhid>)/, "<interface>opt1</interface>"),
  ],
  ["a VHID that is no number", change(small, "secondary", "<vhid>2<", "<vhid>two<")],
  ["a VHID of the primary that is no number", change(small, "primary", "<vhid>2<", "<vhid>two<")],
  [
    "an address that the primary has twice, once under a VHID that is no number",
    addVip(change(small, "secondary", "<vhid>2<", "<vhid>3<"), "primary", { vhid: "two", subnet: "192.168.7.1" }),
  ],
  [
    "an address that the primary has twice, once under this VHID",
    addVip(addVip(small, "primary", { vhid: "3", subnet: "192.168.7.1" }), "secondary", {
      vhid: "3",
      subnet: "192.168.7.1",
    }),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("renumbers two VIPs that were exchanged", async () => {
  expect(await report(rule, exchanged)).toContain(
    "CARP VIP 192.168.7.9 on lan: expected VHID 9 as on the primary, found 2",
  );
  const after = await fixed(rule, exchanged);
  expect(await report(rule, after)).toBe("");
  expect(after.primary).toBe(exchanged.primary);
});

test("takes no VHID from a VIP that keeps it", async () => {
  const found = await report(rule, taken);
  expect(found).toContain("expected VHID 2 as on the primary, found 3");
  expect(found).not.toContain("fix:");
});

test("takes a VHID that is used on another interface only", async () => {
  const files = change(small, "both", "<vhid>1<", "<vhid>2<");
  const renumbered = change(files, "secondary", /(<interface>lan<\/interface>\s*<vhid>)2</, "$13<");
  expect(await report(rule, renumbered)).toContain("fix: write the primary's VHID, 2");
});

test("offers no fix where virtual IPs are not synced", async () => {
  expect(await report(rule, withoutVipSync(exchanged))).not.toContain("fix:");
});
