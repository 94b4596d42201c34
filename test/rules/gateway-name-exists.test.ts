import { expect, test } from "vitest";
import { gatewayNameExists as rule } from "../../src/rules/gateway-name-exists.ts";
import { change, type Files, report, small } from "../support/pair.ts";
import { addInterface } from "../support/vips.ts";

const route = (name: string, more = ""): string =>
  `<route><network>192.0.2.0/24</network><gateway>${name}</gateway>${more}</route></staticroutes>`;
const routed = (name: string, files = small, more = ""): Files =>
  change(files, "both", "</staticroutes>", route(name, more));
const group = (member: string, files = small): Files =>
  change(
    files,
    "both",
    "<defaultgw4>",
    `<gateway_group><name>LINES</name><item>${member}|1|address</item></gateway_group><defaultgw4>`,
  );
const preset = (name: string, files = small): Files =>
  change(files, "both", "<defaultgw4>WANGW<", `<defaultgw4>${name}<`);

/** A third interface, named UPLINK, whose address is got in some way, on a device. */
const uplink = (fields: string, device = "igb3"): Files => {
  const files = change(addInterface(small), "both", "<![CDATA[GUEST]]>", "<![CDATA[Uplink]]>");
  return change(
    change(files, "both", /<ipaddr>192\.168\.8\.1[12]<\/ipaddr>\s*<subnet>24<\/subnet>/, fields),
    "both",
    "<if>igb3</if>",
    `<if>${device}</if>`,
  );
};

test.for([
  ["a gateway group as default", preset("LINES", group("WANGW"))],
  ["no default", preset("")],
  ["a default switched off", preset("-")],
  ["a null route", routed("Null4")],
  ["a disabled route to nowhere", routed("NOWHERE", small, "<disabled></disabled>")],
  ["the gateway of a DHCP interface, named by its description", routed("Uplink_DHCP", uplink("<ipaddr>dhcp</ipaddr>"))],
  ["that of PPPoE, in a group", group("Uplink_PPPOE", uplink("<ipaddr>pppoe</ipaddr>"))],
  ["that of DHCPv6", routed("Uplink_DHCP6", uplink("<ipaddrv6>dhcp6</ipaddrv6>"))],
  ["that of a tunnel", routed("Uplink_VPNV4", uplink("", "ovpnc1"))],
  ["an interface without a gateway", change(small, "both", "<gateway>WANGW</gateway>", "<gateway></gateway>")],
  ["an interface whose gateway is none", change(small, "both", "<gateway>WANGW</gateway>", "<gateway>none</gateway>")],
  [
    "an interface that is off",
    change(addInterface(small, "<gateway>NOWHERE</gateway>"), "both", /<enable><\/enable>(\s*<if>igb3)/, "$1"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "a default that is neither gateway nor group",
    preset("NOWHERE"),
    "default gateway of IPv4: expected a gateway or gateway group named NOWHERE",
  ],
  ["a member of a group", group("NOWHERE"), "gateway group LINES: expected a gateway named NOWHERE"],
  [
    "a group where only a gateway may stand",
    routed("LINES", group("WANGW")),
    "static route to 192.0.2.0/24: expected a gateway named LINES",
  ],
  [
    "the IPv6 gateway of an interface",
    addInterface(small, "<gatewayv6>NOWHERE</gatewayv6>"),
    "interface opt2 (GUEST): expected a gateway named NOWHERE",
  ],
  ["a made name of an interface with a static address", routed("GUEST_DHCP", addInterface(small)), "named GUEST_DHCP"],
  [
    "a made name of an interface that is off",
    routed("Uplink_DHCP", change(uplink("<ipaddr>dhcp</ipaddr>"), "both", /<enable><\/enable>(\s*<if>igb3)/, "$1")),
    "named Uplink_DHCP",
  ],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test("what only sync takes away is reported where it stands, and not if gateways are not synced", async () => {
  const gateway =
    "<gateway_item><interface>wan</interface><gateway>198.51.100.1</gateway><name>OWN</name></gateway_item>";
  const files = change(
    change(small, "secondary", "<defaultgw4>", `${gateway}<defaultgw4>`),
    "secondary",
    "<gateway>WANGW</gateway>",
    "<gateway>OWN</gateway>",
  );
  expect(await report(rule, files)).toMatch(/^secondary\.xml:60:13: .* found none on the secondary once XMLRPC sync/);
  expect(await report(rule, change(files, "primary", /<synchronizestaticroutes>on.*>/, ""))).toBe("");
});
