import { expect, test } from "vitest";
import { carpMaskInterface as rule } from "../../src/rules/carp-mask-interface.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { addVip, setVip } from "../support/vips.ts";

const bits = (where: "primary" | "secondary" | "both", value: string) => setVip(small, where, 2, "subnet_bits", value);
const lan = /(<lan>\s*<enable><\/enable>[\s\S]*?<ipaddr>)192\.168\.7\.1\d/;

test.for([
  ["another prefix length on the secondary alone, which carp-mask-match reports", bits("secondary", "32")],
  ["a stacked or plain IP alias", addVip(small, "primary", { mode: "ipalias", bits: "32", subnet: "192.168.7.9" })],
  ["an interface that is told its address", change(bits("both", "32"), "both", lan, "$1dhcp")],
  ["an interface that is off", change(bits("both", "32"), "both", /<lan>\s*<enable><\/enable>\s*<if>/, "<lan><if>")],
  ["a prefix length that is no number", bits("both", "many")],
  [
    "that of the other node's interface, which interface-subnet-match reports",
    change(small, "primary", /(<ipaddr>192\.168\.7\.11<\/ipaddr>\s*<subnet>)24/, "$125"),
  ],
  ["a VIP outside the interface's network", setVip(bits("both", "32"), "both", 2, "subnet", "192.168.9.1")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("writes the interface's where there is none", async () => {
  const files = setVip(small, "primary", 2, "subnet_bits", undefined);
  expect(await report(rule, files)).toContain("expected prefix length 24 as on the interface, found none");
  expect(await report(rule, await fixed(rule, files))).toBe("");
});

test("is asked of a VIP that only the secondary has", async () => {
  const files = addVip(small, "secondary", { bits: "32", subnet: "192.168.7.9" });
  expect(await report(rule, files)).toContain(
    "secondary.xml:225:17: warning: VHID 9 on lan: expected prefix length 24",
  );
  expect(await fixed(rule, files)).toEqual(addVip(small, "secondary", { subnet: "192.168.7.9" }));
});

test("compares IPv6 VIPs with the IPv6 network", async () => {
  const six = change(
    small,
    "both",
    "<if>igb1</if>",
    "<if>igb1</if><ipaddrv6>2001:db8:7::9</ipaddrv6><subnetv6>64</subnetv6>",
  );
  const files = addVip(six, "both", { bits: "128", subnet: "2001:db8:7::1" });
  expect(await report(rule, files)).toContain("expected prefix length 64 as on the interface, found 128");
});

test("fixes a twin only where it is the same VIP", async () => {
  expect(await fixed(rule, bits("both", "32"))).toEqual(small);
  const files = setVip(bits("both", "32"), "secondary", 2, "subnet", "192.168.7.9");
  expect((await fixed(rule, files)).secondary).toBe(files.secondary);
});
