import { expect, test } from "vitest";
import { keaHaEnabled as rule } from "../../src/rules/kea-ha-enabled.ts";
import { change, lintFiles, report, small } from "../support/pair.ts";
import { onKea, setDhcp, withKeaHa, withoutDhcpSync } from "../support/services.ts";
import { addVip } from "../support/vips.ts";

const off = (where: "primary" | "secondary", files = onKea) =>
  change(files, where, /(<dhcpd>\s*<lan>)\s*<enable><\/enable>/, "$1");
const six = addVip(
  change(withKeaHa(), "both", "<filter>", "<dhcpdv6><lan><enable></enable></lan></dhcpdv6><filter>"),
  "both",
  { bits: "64", subnet: "fe80::7:1" },
);

test.for([
  ["DHCP that the primary does not serve", off("primary")],
  ["DHCP that only the secondary serves", withoutDhcpSync(off("primary"))],
  ["DHCPv6 without an IPv6 CARP VIP", change(six, "both", "<subnet>fe80::7:1<", "<subnet>192.168.7.9<")],
  ["DHCP that the secondary does not serve, nor will", withoutDhcpSync(off("secondary"))],
  ["an interface without an IPv4 CARP VIP", change(onKea, "both", "<subnet>192.168.7.1<", "<subnet>2001:db8:7::1<")],
  ["DHCPv6 with high availability of its own", withKeaHa({ localname: "a6" }, { localname: "b6" }, "kea6", six)],
  ["DHCPv6 that is off", change(six, "both", /(<dhcpdv6><lan>)<enable><\/enable>/, "$1")],
  ["DHCPv6 on an interface that is off", change(six, "both", /<lan>\s*<enable><\/enable>\s*<if>/, "<lan><if>")],
  ["DHCPv6 that the secondary does not serve", change(six, "secondary", /(<dhcpdv6><lan>)<enable><\/enable>/, "$1")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["a secondary that serves after the next sync", off("secondary"), /^primary.xml:2:1: warning: DHCP on lan/],
  [
    "high availability that is switched off",
    change(withKeaHa(), "both", "<ha><enable></enable>", "<ha>"),
    /^primary.xml:\d+:\d+: warning: DHCP on lan: expected high availability of Kea, found none/,
  ],
  ["DHCPv6, apart", six, /^primary.xml:2:1: warning: DHCPv6 on lan: expected high availability of Kea, found none \[/],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toMatch(message);
});

test("names a failover peer that is left from ISC", async () => {
  const found = await report(rule, setDhcp(onKea, "primary", "failover_peerip", "192.168.7.12"));
  expect(found).toContain("found none; the failover peer that is set is for ISC DHCP only [");
  expect(found).toContain("the failover peer on lan");
});

test("does not name it for DHCPv6, which ISC never had failover for", async () => {
  expect(await report(rule, setDhcp(six, "primary", "failover_peerip", "192.168.7.12"))).not.toContain("failover peer");
});

test("does not send anybody to a page that 2.7 does not have", async () => {
  const found = await report(rule, change(onKea, "both", "<version>24.0<", "<version>23.3<"));
  expect(found).toContain("help: go back to ISC DHCP with a failover peer, or upgrade both nodes");
});

test.for([
  ["ISC on both nodes", small],
  [
    "Kea on one node, which dhcp-backend-match reports",
    change(onKea, "secondary", "<dhcpbackend>kea<", "<dhcpbackend>isc<"),
  ],
] as const)("does not apply with %s", async ([, files]) => {
  expect((await lintFiles(files, [rule])).notApplicable).toEqual([
    { rule: rule.id, reason: "Kea does not serve DHCP on both nodes" },
  ]);
});
