import { expect, test } from "vitest";
import { carpAddressUnique as rule } from "../../src/rules/carp-address-unique.ts";
import { change, report, small } from "../support/pair.ts";
import { addInterface, addVip, setVip } from "../support/vips.ts";

const twice = (mode: "carp" | "ipalias" | "proxyarp" | "other") =>
  addVip(small, "primary", { mode, subnet: "192.168.7.1" });

test.for([
  ["a VIP of mode other with the address of another", twice("other")],
  [
    "a proxy ARP VIP with the address of an interface, which has no owner of its own",
    addVip(small, "primary", { mode: "proxyarp", subnet: "192.168.7.12" }),
  ],
  [
    "the address of an interface that is off",
    change(
      addVip(addInterface(small), "primary", { subnet: "192.168.8.12" }),
      "both",
      /<opt2>\s*<enable><\/enable>/,
      "<opt2>",
    ),
  ],
  ["one address on both nodes, as CARP has it", small],
  [
    "two addresses that cannot be read",
    setVip(addVip(small, "primary", { subnet: "192.168.7" }), "primary", 2, "subnet", "192.168.7"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["a CARP VIP", twice("carp"), "which VHID 2 on lan has"],
  [
    "a VIP of another interface",
    addVip(small, "primary", { interface: "wan", subnet: "192.168.7.1" }),
    "VHID 9 on wan: expected an address of its own, found 192.168.7.1, which VHID 2 on lan has",
  ],
  [
    "an IP alias",
    twice("ipalias"),
    "IP alias 192.168.7.1: expected an address of its own, found 192.168.7.1, which VHID 2 on lan has",
  ],
  [
    "a later proxy ARP VIP",
    twice("proxyarp"),
    "primary.xml:213:12: error: VHID 2 on lan: expected an address of its own, found 192.168.7.1, which proxy ARP VIP 192.168.7.1 has",
  ],
  ["the primary's interface", addVip(small, "primary", { subnet: "192.168.7.11" }), "which the primary's lan has"],
  ["the secondary's interface", addVip(small, "primary", { subnet: "192.168.7.12" }), "which the secondary's lan has"],
  ["an interface elsewhere", addVip(small, "primary", { subnet: "198.51.100.12" }), "which the secondary's wan has"],
] as const)("reports the address of %s, once", async ([, files, message]) => {
  const found = await report(rule, files);
  expect(found).toContain(message);
  expect(found.match(/: error:/g)).toHaveLength(1);
});

const linkLocal = (key: string) =>
  addVip(
    change(small, "primary", "<if>igb1</if>", "<if>igb1</if><ipaddrv6>fe80::7:1</ipaddrv6><subnetv6>64</subnetv6>"),
    "primary",
    { interface: key, bits: "64", subnet: "fe80::7:1" },
  );

test("a link-local address may be another interface's, not its own interface's", async () => {
  expect(await report(rule, linkLocal("wan"))).toBe("");
  expect(await report(rule, linkLocal("lan"))).toContain("which the primary's lan has");
});

test("two VIPs of one interface may not share a link-local address, stacked or not", async () => {
  const first = addVip(small, "primary", { bits: "64", subnet: "fe80::7:9" });
  const stacked = addVip(first, "primary", {
    mode: "ipalias",
    interface: "_vip64b0000000002",
    uniqid: "a",
    bits: "64",
    subnet: "fe80::7:9",
  });
  expect(await report(rule, stacked)).toContain("which VHID 9 on lan has");
  const other = addVip(first, "primary", {
    mode: "ipalias",
    interface: "_vip64b0000000001",
    uniqid: "a",
    bits: "64",
    subnet: "fe80::7:9",
  });
  expect(await report(rule, other)).toBe("");
});
