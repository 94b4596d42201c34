import { expect, test } from "vitest";
import { ipsecPhase1Vip as rule } from "../../src/rules/ipsec-phase1-vip.ts";
import { addPhase1, wanVip, withIpv6 } from "../support/bindings.ts";
import { change, report, small } from "../support/pair.ts";

const group = `<gateway_group><name>LINES</name><item>WANGW|1|_vip${wanVip}</item></gateway_group><defaultgw4>`;

test.for([
  ["a VIP", addPhase1(small, { interface: `_vip${wanVip}` })],
  ["a gateway group with a VIP", change(addPhase1(small, { interface: "LINES" }), "both", "<defaultgw4>", group)],
  ["a disabled tunnel", addPhase1(small, { interface: "wan", disabled: "" })],
  ["IPv6, where the VIP is IPv4", addPhase1(small, { interface: "wan", protocol: "inet6" })],
  ["an interface without a CARP VIP", addPhase1(small, { interface: "opt1" })],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("looks at each tunnel alone", async () => {
  const off = "<phase1><ikeid>2</ikeid><disabled></disabled><interface>wan</interface></phase1></ipsec>";
  const files = addPhase1(small, { interface: "wan" });
  const found = await report(rule, change(files, "both", "</ipsec>", off));
  expect(found).toContain("IPsec tunnel 1: expected");
  expect(found.match(/: warning: /g)).toHaveLength(1);
});

test.for([
  ["inet", "the CARP VIP 192.168.7.1"],
  ["inet6", "the CARP VIP 2001:db8:7::1"],
  ["both", "one of the CARP VIPs 192.168.7.1, 2001:db8:7::1"],
])("%s asks for the VIPs of its family", async ([protocol = "", expected]) => {
  expect(await report(rule, addPhase1(withIpv6(small), { interface: "lan", protocol }))).toContain(
    `IPsec tunnel 1: expected ${expected}, found the interface lan`,
  );
});
