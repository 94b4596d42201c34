import { expect, test } from "vitest";
import { vipAliasParent as rule } from "../../src/rules/vip-alias-parent.ts";
import { wanVip } from "../support/bindings.ts";
import { change, type Files, report, small } from "../support/pair.ts";
import { addVip } from "../support/vips.ts";

const alias = (name: string, more: object = {}): Files =>
  addVip(small, "primary", {
    mode: "ipalias",
    interface: name,
    uniqid: "64b00000000a1",
    subnet: "198.51.100.20",
    ...more,
  });

test.for([
  ["a CARP VIP of its family", alias(`_vip${wanVip}`)],
  ["no parent at all", alias("wan")],
  [
    "a parent whose address cannot be read",
    change(alias(`_vip${wanVip}`), "primary", "<subnet>198.51.100.10<", "<subnet>?<"),
  ],
  ["an address that cannot be read", alias("_vip64bfffffffff1", { subnet: "?" })],
  [
    "proxy ARP, which is no IP alias",
    addVip(alias(`_vip${wanVip}`), "primary", {
      mode: "proxyarp",
      interface: "_vip0",
      uniqid: "a",
      subnet: "198.51.100.21",
    }),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["a uniqid that nothing has", alias("_vip64bfffffffff1"), "found _vip64bfffffffff1, which is no VIP"],
  ["no uniqid", alias("_vip"), "found _vip, which is no VIP"],
  ["its own uniqid", alias("_vip64b00000000a1"), "found the IP alias itself"],
  [
    "a VIP of the other family",
    alias(`_vip${wanVip}`, { subnet: "2001:db8::20" }),
    "of IPv6 as parent, found VHID 1 on wan, of IPv4",
  ],
] as const)("reports %s", async ([, files, found]) => {
  expect(await report(rule, files)).toContain(found);
});
