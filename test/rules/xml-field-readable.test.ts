import { expect, test } from "vitest";
import { xmlFieldReadable as rule } from "../../src/rules/xml-field-readable.ts";
import { change, report, small } from "../support/pair.ts";

const primary = (find: string, replacement: string) => change(small, "primary", find, replacement);
const kea = (element: string) =>
  primary("<hasync>", `<kea><ha>${element}<localport>http</localport></ha></kea><hasync>`);

test.for([
  ["an interface address", primary("198.51.100.11", "198.51.100.011"), "<ipaddr> of interface/wan"],
  [
    "an IPv6 address",
    primary("<if>igb0</if>", "<if>igb0</if><ipaddrv6>2001:db8::g</ipaddrv6>"),
    "<ipaddrv6> of interface/wan",
  ],
  ["a prefix length", primary("<subnet>30</subnet>", "<subnet>33</subnet>"), "<subnet> of interface/opt1"],
  ["an MTU", primary("<if>igb0</if>", "<if>igb0</if><mtu>auto</mtu>"), "<mtu> of interface/wan"],
  ["a VIP", primary("<subnet>192.168.7.1</subnet>", "<subnet>192.168.7.1/24</subnet>"), "<subnet> of vip/lan/2"],
  [
    "an IPv6 prefix length on IPv4",
    primary("<subnet_bits>24</subnet_bits>\n\t\t\t<subnet>192", "<subnet_bits>64</subnet_bits><subnet>192"),
    "<subnet_bits> of vip/lan/2",
  ],
  ["a VHID", primary("<vhid>2</vhid>", "<vhid>two</vhid>"), "<vhid> of vip/lan/two"],
  ["an advskew", primary("<vhid>2</vhid>\n\t\t\t<advskew>0", "<vhid>2</vhid><advskew>-1"), "<advskew> of vip/lan/2"],
  ["a gateway", primary("192.168.7.250", "core.example"), "<gateway> of gateway/CORE"],
  [
    "a router for DHCP clients",
    primary("<gateway>192.168.7.1</gateway>", "<gateway>vip</gateway>"),
    "<gateway> of dhcpd/lan",
  ],
  [
    "the port of the GUI",
    primary("<protocol>https</protocol>", "<protocol>https</protocol><port>65536</port>"),
    "<port> of system/webgui",
  ],
  ["a user id", primary("<uid>2000</uid>", "<uid>x</uid>"), "<uid> of user/hasync"],
  [
    "a VLAN tag",
    primary("<hasync>", "<vlans><vlan><vlanif>igb1.5</vlanif><tag>4095</tag></vlan></vlans><hasync>"),
    "<tag> of vlan/igb1.5",
  ],
  ["a port of Kea", kea("<enable></enable>"), "<localport> of kea/ha"],
] as const)("reports %s", async ([, files, expected]) => {
  const printed = await report(rule, files);
  expect(printed).toContain(`error: ${expected}: expected `);
  expect(printed.match(/\[xml-field-readable\]/g)).toHaveLength(1);
});

test.for([
  [
    "the words of an interface",
    primary("<ipaddr>198.51.100.11</ipaddr>", "<ipaddr>pppoe</ipaddr><ipaddrv6>track6</ipaddrv6>"),
  ],
  ["an address with a zone", primary("<if>igb0</if>", "<if>igb0</if><ipaddrv6>fe80::1%igb0</ipaddrv6>")],
  ["empty fields", primary("<subnet>30</subnet>", "<subnet></subnet><mtu></mtu>")],
  [
    "a DHCP server that is off",
    change(
      change(small, "primary", "<lan>\n\t\t\t<enable></enable>\n\t\t\t<range>", "<lan><range>"),
      "primary",
      "192.168.7.199",
      "x",
    ),
  ],
  ["a gateway that is off", primary("<gateway>192.168.7.250</gateway>", "<disabled></disabled><gateway>x</gateway>")],
  ["Kea without high availability", kea("")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});
