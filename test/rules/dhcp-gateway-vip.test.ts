import { expect, test } from "vitest";
import { dhcpGatewayVip as rule } from "../../src/rules/dhcp-gateway-vip.ts";
import { change, fixed, lintFiles, report, small } from "../support/pair.ts";
import { addToDhcp, serveOpt2, setDhcp } from "../support/services.ts";
import { addInterface, addVip } from "../support/vips.ts";

const gateway = (value: string | undefined) => setDhcp(small, "both", "gateway", value);
const withoutGateways = (files: typeof small) => change(files, "both", /<gateway_item>.*<\/gateway_item>/s, "");

test.for([
  ["none, where clients shall get no router", gateway("none")],
  ["an address that belongs to neither node", gateway("192.168.7.250")],
  ["an address that cannot be read, which xml-field-readable reports", gateway("192.168.7")],
  ["nothing, where the primary has no IPv4 gateway to lead to", withoutGateways(gateway(undefined))],
  [
    "nothing, where the interface that the provider names a gateway on is off",
    change(
      withoutGateways(gateway("")),
      "both",
      /<enable><\/enable>(\s*<if>igb0<\/if>.*?<ipaddr>)198.51.100.1\d</s,
      "$1dhcp<",
    ),
  ],
  [
    "a pool without a gateway of its own",
    addToDhcp(small, "both", "<pool><range><from>192.168.7.20</from><to>192.168.7.29</to></range></pool>"),
  ],
  [
    "a static mapping with none",
    addToDhcp(small, "both", "<staticmap><mac>02:00:5e:10:00:01</mac><gateway></gateway></staticmap>"),
  ],
  ["DHCP that is off", change(gateway("192.168.7.11"), "both", /(<dhcpd>\s*<lan>)\s*<enable><\/enable>/, "$1")],
  [
    "an interface that is off",
    change(gateway("192.168.7.11"), "both", /<lan>\s*<enable><\/enable>\s*<if>/, "<lan><if>"),
  ],
  ["an interface without a CARP VIP", serveOpt2(addInterface(small), "both", "<gateway>192.168.8.11</gateway>")],
  ["the secondary's own settings", setDhcp(small, "secondary", "gateway", "192.168.7.12")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "no element, where a gateway of the primary makes each node hand out itself",
    gateway(undefined),
    "primary.xml:105:3: error: DHCP on lan: expected a CARP VIP as gateway, found none",
  ],
  [
    "nothing, where the provider names the gateway",
    change(withoutGateways(gateway("")), "both", /<ipaddr>198.51.100.1\d<\/ipaddr>/, "<ipaddr>dhcp</ipaddr>"),
    "found none, so that each node hands out its own address",
  ],
  [
    "an address of the secondary on another interface",
    gateway("198.51.100.12"),
    "found 198.51.100.12, the secondary's address on wan",
  ],
  [
    "a pool's own",
    addToDhcp(
      small,
      "both",
      "<pool><range><from>192.168.7.20</from><to>192.168.7.29</to></range><gateway>192.168.7.11</gateway></pool>",
    ),
    "DHCP on lan, pool 192.168.7.20: expected a CARP VIP as gateway, found 192.168.7.11, the primary's address on lan",
  ],
  [
    "a gateway that is off, and one of IPv6, beside one that counts",
    change(gateway(""), "both", /(<name>CORE<\/name>)/, "$1<disabled></disabled>"),
    "found none",
  ],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test.for([
  ["are off", change(gateway(""), "both", /<gateway_item>/g, "<gateway_item><disabled></disabled>")],
  [
    "are of IPv6",
    change(
      gateway(""),
      "both",
      /<ipprotocol>inet<\/ipprotocol>(?=\s*<descr><\/descr>)/g,
      "<ipprotocol>inet6</ipprotocol>",
    ),
  ],
] as const)("accepts nothing where all gateways %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("writes the VIP into the place that was at fault, on the primary", async () => {
  expect(await fixed(rule, gateway("192.168.7.11"))).toEqual({
    primary: small.primary,
    secondary: gateway("192.168.7.11").secondary,
  });
});

test("offers no fix where a person has to choose among several VIPs", async () => {
  const found = await report(rule, addVip(gateway(""), "both", { subnet: "192.168.7.2" }));
  expect(found).toContain("help: hand out one of the CARP VIPs of lan");
  expect(found).not.toContain("fix:");
});

test("does not apply without DHCP on the interface of a CARP VIP", async () => {
  const { notApplicable } = await lintFiles(change(small, "primary", /<dhcpd>.*<\/dhcpd>/s, ""), [rule]);
  expect(notApplicable).toEqual([{ rule: rule.id, reason: "no DHCP on an interface with a CARP VIP" }]);
});
