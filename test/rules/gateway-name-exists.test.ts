import { describe, expect, test } from "vitest";
import { gatewayNameExists as rule } from "../../src/rules/gateway-name-exists.ts";
import { syncRouteCurrent } from "../../src/rules/sync-route-current.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";
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

describe("where one node alone refers to nothing, in a section that sync carries,", () => {
  const nowhere = (where: keyof Files, files = small): Files =>
    change(files, where, "<defaultgw4>WANGW<", "<defaultgw4>NOWHERE<");
  const routeTo = (where: keyof Files): Files =>
    change(small, where, "<gateway>CORE</gateway>\n\t\t\t<descr>", "<gateway>NOWHERE</gateway>\n\t\t\t<descr>");

  test("writes on the secondary what sync would", async () => {
    for (const files of [nowhere("secondary"), routeTo("secondary")]) {
      expect(await report(rule, files)).toContain("fix: write what XMLRPC sync would\n");
      expect(await fixed(rule, files)).toEqual(small);
      expect(await report(syncRouteCurrent, files)).toBe("");
    }
  });

  test("leaves the secondary as it is where the primary is wrong", async () => {
    for (const files of [nowhere("primary"), routeTo("primary")]) {
      expect(await report(rule, files)).not.toContain("fix:");
      expect(await report(syncRouteCurrent, files)).toBe("");
    }
  });

  test("has sync-route-current speak of the rest of an entry, and write nothing that refers to nothing", async () => {
    const described = (files: Files): Files =>
      change(files, "secondary", /(<network>10\.60\.0\.0\/16<[\s\S]*?<descr>)[\s\S]*?<\/descr>/, "$1Other</descr>");
    const other = await report(syncRouteCurrent, described(routeTo("primary")));
    expect(other).toMatch(/: expected descr .*, found Other \[sync-route-current\]/);
    expect(other).toContain("help: put right what it refers to on the primary, then let the next sync write it\n");
    expect(await report(syncRouteCurrent, described(routeTo("secondary")))).toContain(
      "fix: write what XMLRPC sync would\n",
    );
  });

  test("offers no fix where no sync will come, or brings nothing better", async () => {
    const unsynced = change(nowhere("secondary"), "primary", /<synchronizestaticroutes>on.*>/, "");
    const older = change(nowhere("secondary"), "secondary", "<version>23.3<", "<version>22.9<");
    const both = change(nowhere("secondary"), "primary", "<defaultgw4>WANGW<", "<defaultgw4>NOBODY<");
    for (const files of [unsynced, older, both]) {
      const found = await report(rule, files);
      expect(found).toContain("named NOWHERE, found none on the secondary [");
      expect(found).not.toContain("fix:");
    }
  });
});
