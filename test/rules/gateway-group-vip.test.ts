import { expect, test } from "vitest";
import { gatewayGroupVip as rule } from "../../src/rules/gateway-group-vip.ts";
import { addOpenVpn, addPhase1, addSections, wanVip } from "../support/bindings.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const group = (files: Files, ...items: string[]): Files =>
  change(
    files,
    "both",
    "<defaultgw4>",
    `<gateway_group><name>LINES</name>${items.map((item) => `<item>${item}</item>`).join("")}</gateway_group><defaultgw4>`,
  );
const bound = addOpenVpn(small, { interface: "LINES" });
const dyndns = (more: string): Files =>
  addSections(small, "both", `<dyndnses><dyndns>${more}<host>h</host><interface>LINES</interface></dyndns></dyndnses>`);

test.for([
  ["a VIP", group(bound, `WANGW|1|_vip${wanVip}`)],
  ["a gateway that is not in the file", group(bound, "OPT2_DHCP|1|address")],
  [
    "a gateway on an interface without a CARP VIP",
    change(
      group(bound, "CORE|1|address"),
      "both",
      /<interface>lan<\/interface>(\s*<vhid>)/,
      "<interface>opt1</interface>$1",
    ),
  ],
  [
    "a gateway of the other family",
    change(group(bound, "WANGW|1|address"), "both", /(<name>WANGW<[\s\S]*?<ipprotocol>)inet</, "$1inet6<"),
  ],
  ["a group that nothing is bound to", group(small, "WANGW|1|address")],
  [
    "a group that a disabled service is bound to",
    group(addOpenVpn(small, { interface: "LINES", more: "<disable></disable>" }), "WANGW|1|address"),
  ],
  ["a disabled tunnel", group(addPhase1(small, { interface: "LINES", disabled: "" }), "WANGW|1|address")],
  ["a record that is not kept", group(dyndns(""), "WANGW|1|address")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["OpenVPN", group(bound, "WANGW|1|address"), "OpenVPN server 1, which is bound to the group"],
  ["IPsec", group(addPhase1(small, { interface: "LINES" }), "WANGW|1|address"), "IPsec tunnel 1"],
  ["dynamic DNS", group(dyndns("<enable></enable>"), "WANGW|1|address"), "dynamic DNS of h"],
  ["an item without a third field", group(bound, "WANGW|1"), "for WANGW, found the interface address"],
] as const)("reports %s", async ([, files, found]) => {
  expect(await report(rule, files)).toContain(found);
});

test("each member is a finding of its own", async () => {
  const found = await report(rule, group(bound, "WANGW|1|address", "CORE|2|address"));
  expect(found).toContain("expected the CARP VIP 198.51.100.10 for WANGW");
  expect(found).toContain("expected the CARP VIP 192.168.7.1 for CORE");
});
