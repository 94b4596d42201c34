import { expect, test } from "vitest";
import { dnsResolverVip as rule } from "../../src/rules/dns-resolver-vip.ts";
import { change, type Files, fixed, lintFiles, report, small } from "../support/pair.ts";
import { addToDhcp, setDhcp } from "../support/services.ts";
import { addVip } from "../support/vips.ts";

const listening = (places: string, files: Files = small) =>
  change(files, "both", "<active_interface>all<", `<active_interface>${places}<`);
const deaf = listening("lan,lo0");
const resolverOff = (files: Files) => change(files, "both", /<unbound>\s*<enable><\/enable>/, "<unbound>");
const withForwarder = (places: string, files: Files) =>
  change(files, "both", "<unbound>", `<dnsmasq><enable></enable><interface>${places}</interface></dnsmasq><unbound>`);
const vip6 = addVip(small, "both", { bits: "64", subnet: "2001:db8:7::1", uniqid: "a6" });
const six = (lan: string) =>
  listening("lan,_vip64b0000000002", change(vip6, "both", "<filter>", `<dhcpdv6><lan>${lan}</lan></dhcpdv6><filter>`));

test.for([
  ["everything", listening("all,lan")],
  ["an empty list", listening("")],
  ["the VIP's address", listening("lan,192.168.7.1")],
  ["servers elsewhere", setDhcp(deaf, "both", "dnsserver", "192.0.2.53")],
  ["a node's own address, which dhcp-dns-vip reports", setDhcp(deaf, "both", "dnsserver", "192.168.7.11")],
  ["DHCP that is off", change(deaf, "both", /(<dhcpd>\s*<lan>)\s*<enable><\/enable>/, "$1")],
  ["a resolver that listens beside a forwarder that does not", withForwarder("lan", small)],
  ["a forwarder that listens beside a resolver that does not", withForwarder("lan,_vip64b0000000002", deaf)],
  [
    "a proxy ARP VIP, which is no address to listen on",
    addVip(setDhcp(deaf, "both", "dnsserver", "192.168.7.2"), "both", { mode: "proxyarp", subnet: "192.168.7.2" }),
  ],
  ["DHCPv6 that is off", six("<dnsserver>2001:db8:7::1</dnsserver>")],
  ["router advertisements that are off", six("<ramode>disabled</ramode><radnsserver>2001:db8:7::1</radnsserver>")],
  [
    "router advertisements that name no server",
    six("<ramode>managed</ramode><radvd-dns>disabled</radvd-dns><radnsserver>2001:db8:7::1</radnsserver>"),
  ],
  [
    "an interface that is off",
    change(
      six("<enable></enable><dnsserver>2001:db8:7::1</dnsserver>"),
      "both",
      /<lan>\s*<enable><\/enable>\s*<if>/,
      "<lan><if>",
    ),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "an IP alias",
    addVip(setDhcp(listening("lan,_vip64b0000000002"), "both", "dnsserver", "192.168.7.2"), "both", {
      mode: "ipalias",
      subnet: "192.168.7.2",
    }),
    "expected it to listen on 192.168.7.2",
  ],
  [
    "a static mapping",
    addVip(
      addToDhcp(
        listening("lan,_vip64b0000000002"),
        "both",
        "<staticmap><dnsserver>192.168.7.2</dnsserver></staticmap>",
      ),
      "both",
      { subnet: "192.168.7.2" },
    ),
    "expected it to listen on 192.168.7.2",
  ],
  [
    "the forwarder alone",
    withForwarder("lan", resolverOff(small)),
    "DNS Forwarder: expected it to listen on 192.168.7.1, which clients are told to ask, found lan",
  ],
  ["both", withForwarder("lan", deaf), "DNS Resolver: expected it to listen on 192.168.7.1"],
  ["DHCPv6", six("<enable></enable><dnsserver>2001:db8:7::1</dnsserver>"), "expected it to listen on 2001:db8:7::1"],
  [
    "router advertisements",
    six("<ramode>managed</ramode><radnsserver>2001:db8:7::1</radnsserver>"),
    "expected it to listen on 2001:db8:7::1",
  ],
  [
    "router advertisements that name what DHCPv6 does",
    six("<ramode>managed</ramode><rasamednsasdhcp6></rasamednsasdhcp6><dnsserver>2001:db8:7::1</dnsserver>"),
    "expected it to listen on 2001:db8:7::1",
  ],
  [
    "another spelling",
    six("<enable></enable><dnsserver>2001:DB8:7:0::1</dnsserver>"),
    "expected it to listen on 2001:db8:7::1",
  ],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test("reports a VIP once, however often it is named", async () => {
  const files = addToDhcp(deaf, "both", "<staticmap><dnsserver>192.168.7.1</dnsserver></staticmap>");
  expect((await report(rule, files)).match(/: warning:/g)).toHaveLength(1);
});

test("adds the VIP to the list, on the primary", async () => {
  const after = await fixed(rule, deaf);
  expect(after).toEqual({ primary: listening("lan,lo0,_vip64b0000000002").primary, secondary: deaf.secondary });
});

test("offers no fix for a VIP that has no uniqid to name it by", async () => {
  expect(await report(rule, change(deaf, "both", "<uniqid>64b0000000002</uniqid>", ""))).not.toContain("fix:");
});

test("does not apply where nothing answers", async () => {
  expect((await lintFiles(resolverOff(deaf), [rule])).notApplicable).toHaveLength(1);
});
