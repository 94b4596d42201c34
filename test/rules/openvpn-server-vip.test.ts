import { expect, test } from "vitest";
import { openvpnServerVip as rule } from "../../src/rules/openvpn-server-vip.ts";
import { addOpenVpn, wanVip, withIpv6 } from "../support/bindings.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { addVip, setVip } from "../support/vips.ts";

const group = `<gateway_group><name>LINES</name><item>WANGW|1|_vip${wanVip}</item></gateway_group><defaultgw4>`;

test.for([
  ["any", addOpenVpn(small, { interface: "any" })],
  ["lo0", addOpenVpn(small, { interface: "lo0" })],
  ["a VIP", addOpenVpn(small, { interface: `_vip${wanVip}` })],
  ["a gateway group with a VIP", change(addOpenVpn(small, { interface: "LINES" }), "both", "<defaultgw4>", group)],
  ["an interface without a CARP VIP", addOpenVpn(small, { interface: "opt1" })],
  ["IPv6, where the VIP is IPv4", addOpenVpn(small, { interface: "wan", protocol: "UDP6" })],
  ["a client, which has its own rule", addOpenVpn(small, { kind: "client", interface: "wan" })],
  ["a server of the secondary alone, which sync replaces", addOpenVpn(small, { interface: "wan" }, "secondary")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("looks at each instance alone", async () => {
  const more =
    "<openvpn-server><vpnid>2</vpnid><disable></disable><interface>wan</interface></openvpn-server>" +
    "<openvpn-client><vpnid>3</vpnid><interface>wan</interface></openvpn-client></openvpn>";
  const files = change(addOpenVpn(small, { interface: `_vip${wanVip}` }), "both", "</openvpn>", more);
  expect(await report(rule, files)).toBe("");
});

test("a protocol without a figure is of both families", async () => {
  expect(await report(rule, addOpenVpn(small, { interface: "wan", protocol: "UDP" }))).toContain("198.51.100.10");
  const both = await report(rule, addOpenVpn(withIpv6(small), { interface: "lan", protocol: "TCP" }));
  expect(both).toContain("expected one of the CARP VIPs 192.168.7.1, 2001:db8:7::1, found the interface lan");
  expect(both).not.toContain("fix:");
});

test("the fix is on the primary, from where sync carries it", async () => {
  const files = addOpenVpn(small, { interface: "wan" });
  expect(await fixed(rule, files)).toEqual(
    change(files, "primary", "<interface>wan</interface></openvpn", `<interface>_vip${wanVip}</interface></openvpn`),
  );
});

test.for([
  [
    "there is a choice",
    addVip(addOpenVpn(small, { interface: "wan" }), "both", { interface: "wan", subnet: "198.51.100.9" }),
  ],
  ["the VIP has no uniqid", setVip(addOpenVpn(small, { interface: "wan" }), "both", 1, "uniqid", "")],
] as const)("offers no fix when %s", async ([, files]) => {
  const found = await report(rule, files);
  expect(found).toContain(rule.id);
  expect(found).not.toContain("fix:");
});
