import { expect, test } from "vitest";
import { interfaceSubnetMatch as rule } from "../../src/rules/interface-subnet-match.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { change, report, small } from "../support/pair.ts";

const apart = withInterfaces([{ key: "opt2", more: "172.16.5.1/24" }], [{ key: "opt2", more: "172.16.6.2/24" }]);
const apart6 = withInterfaces(
  [{ key: "opt2", more: "<ipaddrv6>2001:db8:5::1</ipaddrv6><subnetv6>64</subnetv6>" }],
  [{ key: "opt2", more: "<ipaddrv6>2001:db8:5::2</ipaddrv6><subnetv6>65</subnetv6>" }],
);
const served = (section: string, where: "primary" | "secondary", files = apart) =>
  change(files, where, "<hasync>", `<${section}><opt2><enable></enable></opt2></${section}><hasync>`);
const carp = (subnet: string, files = apart) =>
  change(
    files,
    "secondary",
    "</virtualip>",
    `<vip><mode>carp</mode><interface>opt2</interface><vhid>9</vhid><subnet>${subnet}</subnet></vip></virtualip>`,
  );

test.for([
  [
    "with a CARP VIP on either node",
    carp("172.16.6.9"),
    "expected an address in 172.16.5.0/24 as on the primary, found 172.16.6.2/24",
  ],
  [
    "with DHCP on the primary",
    change(apart, "primary", "</dhcpd>", "<opt2><enable></enable></opt2></dhcpd>"),
    "found 172.16.6.2/24",
  ],
  [
    "with DHCPv6 on the primary",
    served("dhcpdv6", "primary", apart6),
    "expected an address in 2001:db8:5::/64 as on the primary, found 2001:db8:5::2/65",
  ],
] as const)("reports another network %s", async ([, files, expected]) => {
  expect(await report(rule, files)).toContain(expected);
});

test.for([
  ["that nobody shares", apart],
  ["with DHCPv6, which is not its family", served("dhcpdv6", "primary")],
  ["with a CARP VIP of the other family", carp("2001:db8::9")],
  [
    "on the sync interface",
    change(
      change(small, "secondary", "10.99.0.2</ipaddr>", "10.99.0.9</ipaddr>"),
      "primary",
      "</dhcpd>",
      "<opt1><enable></enable></opt1></dhcpd>",
    ),
  ],
  ["with an address that is told", change(small, "secondary", "192.168.7.12</ipaddr>", "dhcp</ipaddr>")],
  [
    "that has changed places",
    carp(
      "172.16.6.9",
      withInterfaces(
        [{ key: "opt2", more: "172.16.5.1/24" }],
        [
          { key: "opt2", more: "172.16.6.2/24" },
          { key: "opt3", more: "172.16.5.2/24" },
        ],
      ),
    ),
  ],
] as const)("accepts another network %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("reports an address without a prefix length on either node, unless nobody shares the interface", async () => {
  const without = change(small, "both", /(<ipaddr>192\.168\.7\.1\d<\/ipaddr>\s*)<subnet>24<\/subnet>/, "$1");
  const found = await report(rule, without);
  expect(found).toContain("primary.xml:");
  expect(found).toContain("lan: expected a prefix length for 192.168.7.12, found none");
  const alone = withInterfaces([{ key: "opt2", more: "<ipaddr>172.16.5.1</ipaddr>" }], []);
  expect(await report(rule, alone)).toBe("");
});

test("leaves to pfsync-interface-match what pfsync runs on by mistake, but not that interface's own network", async () => {
  const onLan = change(small, "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<");
  const away = change(onLan, "secondary", "192.168.7.12</ipaddr>", "192.168.8.12</ipaddr>");
  expect(await report(rule, away)).toContain(
    "expected an address in 192.168.7.0/24 as on the primary, found 192.168.8.12/24",
  );
  const served = change(onLan, "primary", "</dhcpd>", "<opt1><enable></enable></opt1></dhcpd>");
  expect(await report(rule, change(served, "secondary", "10.99.0.2</ipaddr>", "10.99.1.2</ipaddr>"))).toBe("");
});
