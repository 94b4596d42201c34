import { expect, test } from "vitest";
import { interfaceAddressStatic as rule } from "../../src/rules/interface-address-static.ts";
import { change, report, small } from "../support/pair.ts";

const address = (text: string) => change(small, "secondary", "<ipaddr>198.51.100.12</ipaddr>", text);
const vip6 = (subnet: string) =>
  change(small, "primary", "<subnet>198.51.100.10</subnet>", `<subnet>${subnet}</subnet>`);
const v6 = (text: string) =>
  change(vip6("2001:db8::10"), "primary", "<if>igb0</if>", `<if>igb0</if><ipaddrv6>${text}</ipaddrv6>`);

test.for([
  [
    "<ipaddr>pppoe</ipaddr>",
    "secondary.xml:58:12: warning: wan: expected a static IPv4 address beside VHID 1 on wan, found pppoe",
  ],
  ["<ipaddr></ipaddr>", "found none"],
  ["", "secondary.xml:54:3: warning: wan: expected a static IPv4 address beside VHID 1 on wan, found none"],
] as const)("reports '%s'", async ([text, expected]) => {
  expect(await report(rule, address(text))).toContain(expected);
});

test.for(["dhcp6", "track6", ""])("reports '%s' beside an IPv6 VIP", async (text) => {
  expect(await report(rule, v6(text))).toContain(
    `expected a static IPv6 address beside VHID 1 on wan, found ${text || "none"}`,
  );
});

test.for([
  ["a static IPv6 address", v6("2001:db8::11")],
  ["a link-local VIP", vip6("fe80::1:1")],
  ["an address that cannot be read", address("<ipaddr>198.51.100.1x</ipaddr>")],
  [
    "an interface that is off",
    change(address("<ipaddr>dhcp</ipaddr>"), "secondary", "<enable></enable>\n\t\t\t<if>igb0", "<if>igb0"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});
