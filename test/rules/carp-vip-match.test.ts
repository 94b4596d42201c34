import { expect, test } from "vitest";
import { carpVipMatch as rule } from "../../src/rules/carp-vip-match.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { addVip, moveVip, setVip, withoutVipSync } from "../support/vips.ts";

const onPrimary = addVip(small, "primary", { subnet: "192.168.7.9" });
const onSecondary = addVip(small, "secondary", { subnet: "192.168.7.9" });

test.for([
  ["an address under another VHID, which carp-vhid-match reports", change(small, "secondary", "<vhid>2<", "<vhid>3<")],
  ["the same from the other side", withoutVipSync(change(small, "primary", "<vhid>2<", "<vhid>3<"))],
  [
    "a VHID that is no number, which xml-field-readable reports",
    change(onPrimary, "primary", "<vhid>9<", "<vhid>nine<"),
  ],
  ["an IP alias, which stays at home", addVip(small, "primary", { mode: "ipalias", subnet: "192.168.7.9" })],
  ["a VIP of the secondary that sync removes, which sync-vip-lost reports", onSecondary],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("the same VHID on another interface is another VIP", async () => {
  const files = addVip(small, "primary", { interface: "wan", vhid: "2", subnet: "198.51.100.9" });
  expect(await report(rule, files)).toContain("secondary.xml:188:2: error: VHID 2 on wan");
});

test("writes the VIP as sync would, advskew and all", async () => {
  expect(await fixed(rule, onPrimary)).toEqual(addVip(onPrimary, "secondary", { subnet: "192.168.7.9" }));
  const { secondary } = await fixed(rule, setVip(onPrimary, "primary", 9, "advskew", "200"));
  expect(secondary).toContain("<vhid>9</vhid>\n\t\t\t<advskew>254</advskew>");
});

test("copies an empty advskew as it is, as sync does", async () => {
  const { secondary } = await fixed(rule, setVip(onPrimary, "primary", 9, "advskew", ""));
  expect(secondary).toContain("<vhid>9</vhid>\n\t\t\t<advskew></advskew>");
});

test("adds the section where the secondary has none", async () => {
  const files = change(small, "secondary", /\t<virtualip>[\s\S]*<\/virtualip>\n/, "");
  expect(await report(rule, files)).toMatch(/^secondary.xml:2:1: error: VHID 1 on wan/);
  const after = await fixed(rule, files);
  expect(await report(rule, after)).toBe("");
  expect(after.secondary.match(/<virtualip>/g)).toHaveLength(1);
});

test("offers no fix where virtual IPs are not synced, nor for the primary", async () => {
  expect(await report(rule, withoutVipSync(onPrimary))).not.toContain("fix:");
  const found = await report(rule, withoutVipSync(onSecondary));
  expect(found).toContain("primary.xml:188:2: error: VHID 9 on lan");
  expect(found).not.toContain("fix:");
});

test.for(["opt9", "wan"])("moves back what the secondary has on another interface, %s", async (key) => {
  const files = moveVip(small, "secondary", key);
  const found = await report(rule, files);
  expect(found).toContain(
    `error: VHID 2 on lan: expected the CARP VIP 192.168.7.1 on lan of both nodes, found it on ${key} of the secondary [`,
  );
  expect(found).toContain("fix: put it on lan, as XMLRPC sync would\n");
  expect(await fixed(rule, files)).toEqual(small);
  expect(await report(rule, withoutVipSync(files))).toContain("help: put the VIP on the same interface of both nodes");
});

test("leaves to vip-interface-usable what the primary has on an interface that is none", async () => {
  const files = moveVip(small, "primary", "opt9");
  expect(await report(rule, files)).toBe("");
  expect(await report(rule, withoutVipSync(files))).toBe("");
});

test("does not spread what the primary, and not the secondary, has in the wrong network", async () => {
  const found = await report(rule, moveVip(small, "primary", "wan"));
  expect(found).toContain("on wan of both nodes, found it on lan of the secondary [");
  expect(found).not.toContain("fix:");
});

test("moves a VIP with an address of neither network to where the primary has it", async () => {
  const routed = { subnet: "203.0.113.9" };
  const files = addVip(addVip(small, "primary", routed), "secondary", { ...routed, interface: "wan" });
  expect(await fixed(rule, files)).toEqual(addVip(small, "both", routed));
});
