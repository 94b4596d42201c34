import { expect, test } from "vitest";
import { vipInterfaceUsable as rule } from "../../src/rules/vip-interface-usable.ts";
import { addOpenVpn } from "../support/bindings.ts";
import { change, type Files, report, small } from "../support/pair.ts";
import { addInterface, addVip } from "../support/vips.ts";

const onDevice = (device: string): Files =>
  addVip(change(addInterface(small), "both", "<if>igb3</if>", `<if>${device}</if>`), "both", {
    interface: "opt2",
    subnet: "192.168.8.1",
  });
const moved = (key: string, mode: "carp" | "ipalias" | "proxyarp" = "carp"): Files =>
  addVip(small, "primary", { mode, interface: key, subnet: "192.168.7.9" });

test.for([
  ["a VLAN", onDevice("igb0.20")],
  ["a bridge", onDevice("bridge0")],
  ["OpenVPN in tap mode", addOpenVpn(onDevice("ovpns1"), { interface: "wan", more: "<dev_mode>tap</dev_mode>" })],
  ["an IP alias on lo0", moved("lo0", "ipalias")],
  ["an IP alias on a tunnel", change(moved("opt1", "ipalias"), "both", "<if>igb2</if>", "<if>gif0</if>")],
  ["proxy ARP, which is left to others", moved("opt9", "proxyarp")],
  [
    "an interface that the other node has, as interface-set-match says",
    change(
      addVip(addInterface(small), "both", { interface: "opt2", subnet: "192.168.8.1" }),
      "secondary",
      /<opt2>[\s\S]*?<\/opt2>/,
      "",
    ),
  ],
  [
    "an interface that is off on this node only, as interface-enabled-match says",
    change(onDevice("igb3"), "secondary", "<enable></enable>\n\t\t\t<if>igb3</if>", "<if>igb3</if>"),
  ],
  ["an IP alias whose parent is missing, which vip-alias-parent reports", moved("_vip64bffffffffff", "ipalias")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "an interface that is off on both nodes",
    change(onDevice("igb3"), "both", "<enable></enable>\n\t\t\t<if>igb3</if>", "<if>igb3</if>"),
    "opt2, which is not enabled",
  ],
  ["lo0", moved("lo0"), "lo0, which holds no CARP VIP"],
  ["another VIP", moved("_vip64b0000000001"), "_vip64b0000000001, which is another VIP"],
  ["no interface", moved(""), "found none"],
  ["OpenVPN in tun mode", onDevice("ovpns1"), "opt2, which is on ovpns1, a device that holds no CARP VIP"],
  ["PPPoE", onDevice("pppoe0"), "pppoe0"],
  ["an IPsec device", onDevice("ipsec1"), "ipsec1"],
  ["an IP alias on an interface that is not there", moved("opt9", "ipalias"), "opt9, which does not exist"],
] as const)("reports %s", async ([, files, found]) => {
  expect(await report(rule, files)).toContain(found);
});
