import { expect, test } from "vitest";
import { vipAddressShared as rule } from "../../src/rules/vip-address-shared.ts";
import { change, type Files, report, small } from "../support/pair.ts";
import { addInterface, addVip, type VipFields } from "../support/vips.ts";

const both = (here: Partial<VipFields>, there: Partial<VipFields> = here, files = small): Files => {
  const usual = { mode: "ipalias", interface: "wan", uniqid: "64b00000000a1", subnet: "198.51.100.30" } as const;
  return addVip(addVip(files, "primary", { ...usual, ...here }), "secondary", { ...usual, ...there });
};
const disabled = change(addInterface(small), "secondary", /<enable><\/enable>(\s*<if>igb3)/, "$1");

test.for([
  ["two addresses", both({}, { subnet: "198.51.100.31" })],
  ["an IP alias stacked on a CARP VIP", both({ interface: "_vip64b0000000001" })],
  ["one on lo0", both({ interface: "lo0" })],
  ["a VIP of mode other, which nobody answers for", both({ mode: "other" })],
  ["one whose interface is off on one node", both({ interface: "opt2" }, undefined, disabled)],
  [
    "the same link-local address on two interfaces",
    both({ subnet: "fe80::1" }, { subnet: "fe80::1", interface: "lan" }),
  ],
  ["an address that cannot be read", both({ subnet: "?" })],
  ["an address that cannot be read on one node", both({}, { subnet: "?" })],
  ["two IPv6 addresses", both({ subnet: "2001:db8::1" }, { subnet: "2001:db8::2" })],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["an IP alias here and proxy ARP there", both({}, { mode: "proxyarp" })],
  ["one address on two interfaces", both({}, { interface: "lan" })],
  ["two spellings of one IPv6 address", both({ subnet: "2001:db8::1" }, { subnet: "2001:DB8:0::1" })],
  ["one link-local address on one interface", both({ subnet: "fe80::1" })],
] as const)("reports %s", async ([, files]) => {
  expect(await report(rule, files)).toContain("expected on one node only, found the IP alias");
});

test("a network of proxy ARP covers the addresses in it, a single one does not", async () => {
  const range = both({ mode: "proxyarp", subnet: "198.51.100.16", bits: "28" });
  const network = change(range, "primary", /(<uniqid>64b00000000a1<[\s\S]*?<type>)single/, "$1network");
  expect(
    await report(rule, change(network, "secondary", "<subnet>198.51.100.16<", "<subnet>198.51.100.30<")),
  ).toContain("found the proxy ARP VIP 198.51.100.16/28 on the primary as well");
  expect(await report(rule, change(range, "secondary", "<subnet>198.51.100.16<", "<subnet>198.51.100.30<"))).toBe("");
});
