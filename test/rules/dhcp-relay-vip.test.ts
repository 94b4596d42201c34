import { expect, test } from "vitest";
import { dhcpRelayVip as rule } from "../../src/rules/dhcp-relay-vip.ts";
import { change, fixed, lintFiles, report, small } from "../support/pair.ts";
import { addInterface, addVip } from "../support/vips.ts";

const relay = (where: "primary" | "secondary" | "both", fields: string, name = "dhcrelay", files = small) =>
  change(files, where, /<dhcpd>.*<\/dhcpd>/s, `<${name}>${fields}</${name}>`);
const lan = "<enable></enable><interface>lan</interface>";
const local = (files: typeof small) => change(files, "primary", "<synchronizedhcrelay>on</synchronizedhcrelay>", "");

test.for([
  ["a VIP", relay("both", `${lan}<carpstatusvip>_vip64b0000000002</carpstatusvip>`)],
  ["a relay that is off", relay("both", "<interface>lan</interface>")],
  ["interfaces without a CARP VIP", relay("both", "<enable></enable><interface>opt1</interface>")],
  [
    "a relay that the secondary does not have, nor will",
    local(relay("secondary", "", "dhcrelay", relay("primary", lan))),
  ],
  [
    "a relay that the primary has off, beside one that it has on",
    local(relay("secondary", lan, "dhcrelay", relay("primary", lan, "dhcrelay6"))),
  ],
  ["a DHCPv6 relay beside an IPv4 VIP", relay("both", lan, "dhcrelay6")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "no element",
    relay("both", lan),
    /^primary.xml:104:2: warning: DHCP relay: expected a CARP VIP whose master relays, found none/,
  ],
  ["an empty one", relay("both", `${lan}<carpstatusvip></carpstatusvip>`), /found none/],
  ["a secondary that gets it by the next sync", relay("primary", lan), /found none/],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toMatch(message);
});

const six = addVip(relay("both", lan, "dhcrelay6"), "both", { bits: "64", subnet: "fe80::7:1", uniqid: "a6" });

test("knows the DHCPv6 relay", async () => {
  expect(await report(rule, six)).toContain("DHCPv6 relay: expected a CARP VIP whose master relays, found none");
  expect((await fixed(rule, six)).primary).toContain("<carpstatusvip>_vipa6</carpstatusvip>");
});

test.for([
  ["there are several VIPs", addVip(relay("both", lan), "both", { subnet: "192.168.7.2" })],
  ["they are on several interfaces", relay("both", "<enable></enable><interface>lan,wan</interface>")],
  ["the VIP has no uniqid", change(relay("both", lan), "both", "<uniqid>64b0000000002</uniqid>", "")],
] as const)("offers no fix where %s", async ([, files]) => {
  const found = await report(rule, files);
  expect(found).toContain(rule.id);
  expect(found).not.toContain("fix:");
});

test("does not apply without a relay", async () => {
  expect((await lintFiles(addInterface(small), [rule])).notApplicable).toHaveLength(1);
});
