import { expect, test } from "vitest";
import { xmlrpcSectionsSelected as rule } from "../../src/rules/xmlrpc-sections-selected.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const off = (box: string, files: Files = small): Files =>
  change(files, "primary", `\t\t<synchronize${box}>on</synchronize${box}>\n`, "");
const add = (files: Files, before: string, text: string): Files => change(files, "primary", before, `${text}${before}`);
const end = "</pfsense>";

test.for([
  ["rules", small],
  ["nat", small],
  ["aliases", small],
  ["virtualip", small],
  ["dhcpd", small],
  ["dnsforwarder", small],
  [
    "dnsforwarder",
    change(
      add(small, end, "<dnsmasq><enable></enable></dnsmasq>"),
      "primary",
      "<unbound>\n\t\t<enable></enable>",
      "<unbound>",
    ),
  ],
  ["ipsec", add(small, end, "<ipsec><phase1><ikeid>1</ikeid></phase1></ipsec>")],
  ["openvpn", add(small, end, "<openvpn><openvpn-client><vpnid>1</vpnid></openvpn-client></openvpn>")],
  [
    "nat",
    change(
      small,
      "primary",
      "<mode>hybrid</mode>\n\t\t\t<rule>",
      "<mode>advanced</mode>\n\t\t\t<rule><nosync></nosync>",
    ),
  ],
  [
    "nat",
    change(small, "primary", /<outbound>[\s\S]*<\/outbound>/, "<onetoone><external>198.51.100.9</external></onetoone>"),
  ],
] as const)("asks for %s if there is something in it", async ([box, files]) => {
  expect(await report(rule, off(box, files))).toContain(`expected synchronize${box} on`);
});

test.for([
  [
    "rules",
    "a single rule, marked nosync",
    change(small, "primary", /<rule>\s*<id>[\s\S]*<\/rule>(?=\s*<\/filter>)/, "<rule><nosync></nosync></rule>"),
  ],
  [
    "nat",
    "automatic outbound NAT alone",
    change(small, "primary", /<outbound>[\s\S]*<\/outbound>/, "<outbound><mode>automatic</mode></outbound>"),
  ],
  [
    "nat",
    "automatic outbound NAT and a rule marked nosync",
    change(
      change(small, "primary", "<mode>hybrid</mode>", "<mode>automatic</mode>"),
      "primary",
      "<rule>\n\t\t\t\t<interface>wan",
      "<rule><nosync></nosync>\n\t\t\t\t<interface>wan",
    ),
  ],
  ["aliases", "only aliases marked nosync", change(small, "primary", "<alias>", "<alias><nosync></nosync>")],
  ["virtualip", "VIPs that are no CARP VIPs", change(small, "primary", /<mode>carp<\/mode>/g, "<mode>other</mode>")],
  [
    "dhcpd",
    "a DHCP server that is off",
    change(small, "primary", "<dhcpd>\n\t\t<lan>\n\t\t\t<enable></enable>", "<dhcpd>\n\t\t<lan>"),
  ],
  ["dnsforwarder", "a resolver that is off", change(small, "primary", "<unbound>\n\t\t<enable></enable>", "<unbound>")],
  [
    "ipsec",
    "only disabled tunnels",
    add(small, end, "<ipsec><phase1><ikeid>1</ikeid><disabled></disabled></phase1></ipsec>"),
  ],
  [
    "openvpn",
    "only disabled instances",
    add(small, end, "<openvpn><openvpn-server><vpnid>1</vpnid><disable></disable></openvpn-server></openvpn>"),
  ],
] as const)("does not ask for %s if there is %s", async ([box, , files]) => {
  expect(await report(rule, off(box, files))).toBe("");
});

test("asks for a section without content when told to, with nothing to point at", async () => {
  const all = { options: new Map([[rule.id, { require: "all" }]]) };
  const found = await report(rule, off("openvpn"), all);
  expect(found).toContain("expected synchronizeopenvpn on");
  expect(found).not.toContain("what stays on the primary");
});

test("asks for the sections that it is given", async () => {
  const only = { options: new Map([[rule.id, { sections: ["users"] }]]) };
  const found = await report(rule, off("nat", off("users")), only);
  expect(found).toContain("synchronizeusers");
  expect(found).not.toContain("synchronizenat");
});
