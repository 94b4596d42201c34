import { expect, test } from "vitest";
import { carpInterfaceCoverage as rule } from "../../src/rules/carp-interface-coverage.ts";
import { change, type Files, report, small } from "../support/pair.ts";
import { addInterface, addVip } from "../support/vips.ts";

const gateway = addInterface(small, "<gateway>OTHERGW</gateway>");
const served = (files: Files, enable = "<enable></enable>") =>
  change(files, "both", "</dhcpd>", `<opt2>${enable}<gateway>192.168.8.254</gateway></opt2></dhcpd>`);
const six = addVip(
  change(
    addInterface(small, "<ipaddrv6>2001:db8:8::9</ipaddrv6><subnetv6>64</subnetv6>"),
    "both",
    "<nat>",
    "<dhcpdv6><opt2><ramode>managed</ramode></opt2></dhcpdv6><nat>",
  ),
  "both",
  { bits: "64", subnet: "fe80::7:1" },
);

test.for([
  ["an interface that nothing relies on", addInterface(small)],
  ["an interface with a gateway and a CARP VIP", addVip(gateway, "both", { interface: "opt2", subnet: "192.168.8.1" })],
  ["the gateway none", addInterface(small, "<gateway>none</gateway>")],
  ["an interface that is off on the primary", change(gateway, "primary", /<opt2>\s*<enable><\/enable>/, "<opt2>")],
  ["an interface that is off on the secondary", change(gateway, "secondary", /<opt2>\s*<enable><\/enable>/, "<opt2>")],
  ["another network on the secondary", change(gateway, "secondary", "192.168.8.12", "192.168.9.12")],
  ["a network that the secondary is told", change(gateway, "secondary", "192.168.8.12", "dhcp")],
  ["an interface that only the primary has", change(gateway, "secondary", /<opt2>[\s\S]*<\/opt2>/, "")],
  ["the sync interface", change(small, "both", "<if>igb2</if>", "<if>igb2</if><gateway>SYNCGW</gateway>")],
  [
    "the sync interface of the secondary",
    change(gateway, "secondary", "<pfsyncinterface>opt1", "<pfsyncinterface>opt2"),
  ],
  ["DHCP that is off", served(addInterface(small), "")],
  [
    "DHCP on the secondary only",
    change(addInterface(small), "secondary", "</dhcpd>", "<opt2><enable></enable></opt2></dhcpd>"),
  ],
  [
    "IPv6 where no interface has an IPv6 CARP VIP",
    change(
      addInterface(small, "<ipaddrv6>2001:db8:8::9</ipaddrv6><subnetv6>64</subnetv6><gatewayv6>GW6</gatewayv6>"),
      "both",
      "<if>igb3</if>",
      "<if>igb3</if>",
    ),
  ],
  ["router advertisements that are off", change(six, "both", "<ramode>managed<", "<ramode>disabled<")],
  ["a link-local IPv6 VIP", addVip(six, "both", { interface: "opt2", vhid: "10", bits: "64", subnet: "fe80::8:1" })],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["a gateway", gateway, "opt2 (GUEST): expected an IPv4 CARP VIP, found none", "its gateway"],
  ["DHCP", served(addInterface(small)), "opt2 (GUEST): expected an IPv4 CARP VIP", "DHCP served there"],
  [
    "an IPv6 gateway",
    addVip(
      addInterface(small, "<ipaddrv6>2001:db8:8::9</ipaddrv6><subnetv6>64</subnetv6><gatewayv6>GW6</gatewayv6>"),
      "both",
      { bits: "64", subnet: "fe80::7:1" },
    ),
    "opt2 (GUEST): expected an IPv6 CARP VIP",
    "its gateway",
  ],
  ["router advertisements", six, "opt2 (GUEST): expected an IPv6 CARP VIP", "router advertisements sent there"],
  [
    "router advertisements of an old file",
    change(six, "both", /ramode/g, "mode"),
    "opt2 (GUEST): expected an IPv6 CARP VIP",
    "router advertisements sent there",
  ],
  [
    "an IPv4 gateway beside an IPv6 VIP",
    addVip(gateway, "both", { interface: "opt2", bits: "64", subnet: "fe80::8:1" }),
    "opt2 (GUEST): expected an IPv4 CARP VIP",
    "its gateway",
  ],
] as const)("reports %s", async ([, files, message, reason]) => {
  const found = await report(rule, files);
  expect(found).toContain(message);
  expect(found).toContain(reason);
  expect(found.match(/: warning:/g)).toHaveLength(1);
});
