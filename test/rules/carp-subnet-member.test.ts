import { expect, test } from "vitest";
import { carpSubnetMember as rule } from "../../src/rules/carp-subnet-member.ts";
import { change, report, small } from "../support/pair.ts";
import { addInterface, addVip } from "../support/vips.ts";

const outside = addVip(small, "both", { subnet: "192.168.9.1" });
const alias = (key: string, subnet = "192.168.9.2") =>
  addVip(outside, "primary", { mode: "ipalias", interface: key, uniqid: "a", subnet });

test.for([
  ["an IP alias network on the interface", alias("lan")],
  [
    "a link-local VIP",
    addVip(
      change(small, "both", "<if>igb1</if>", "<if>igb1</if><ipaddrv6>2001:db8:7::9</ipaddrv6><subnetv6>64</subnetv6>"),
      "both",
      { bits: "64", subnet: "fe80::1" },
    ),
  ],
  [
    "a VIP of a family that the interface has no address of",
    addVip(small, "both", { bits: "64", subnet: "2001:db8:7::1" }),
  ],
  [
    "an interface that is told its address",
    change(outside, "both", /(<lan>[\s\S]*?<ipaddr>)192\.168\.7\.1\d/, "$1dhcp"),
  ],
  ["an interface that is off", change(outside, "both", /<lan>\s*<enable><\/enable>\s*<if>/, "<lan><if>")],
  [
    "an interface that is not there, which vip-interface-usable reports",
    addVip(small, "both", { interface: "opt9", subnet: "192.168.9.1" }),
  ],
  ["a VIP that only the secondary has", addVip(small, "secondary", { subnet: "192.168.9.1" })],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["an IP alias network on another interface", addInterface(alias("opt2"))],
  ["an IP alias stacked on a CARP VIP, which the backup does not have", alias("_vip64b0000000002")],
  ["an IP alias in another network", alias("lan", "192.168.10.2")],
  ["a proxy ARP VIP", addVip(outside, "primary", { mode: "proxyarp", subnet: "192.168.9.2" })],
] as const)("is not content with %s", async ([, files]) => {
  expect(await report(rule, files)).toContain("VHID 9 on lan: expected an address in 192.168.7.0/24");
});
