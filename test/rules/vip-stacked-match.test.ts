import { expect, test } from "vitest";
import { vipStackedMatch as rule } from "../../src/rules/vip-stacked-match.ts";
import { wanVip } from "../support/bindings.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";
import { addVip, setVip, withoutVipSync } from "../support/vips.ts";

const stacked = (files: Files, where: keyof Files | "both", more: object = {}): Files =>
  addVip(files, where, {
    mode: "ipalias",
    interface: `_vip${wanVip}`,
    uniqid: "64b00000000a1",
    subnet: "198.51.100.20",
    ...more,
  });

test.for([
  [
    "the same address, whatever its own uniqid",
    stacked(stacked(small, "primary"), "secondary", { uniqid: "64b00000000a2" }),
  ],
  [
    "the same IPv6 address in two spellings",
    stacked(stacked(small, "primary", { subnet: "2001:db8::20" }), "secondary", { subnet: "2001:DB8:0::0020" }),
  ],
  ["an IP alias on the interface itself, which sync leaves alone", stacked(small, "primary", { interface: "wan" })],
  [
    "an IP alias of a VIP without a twin",
    stacked(
      setVip(change(small, "secondary", "<vhid>1</vhid>", "<vhid>9</vhid>"), "primary", 2, "descr", ""),
      "primary",
    ),
  ],
  ["an address that cannot be read", stacked(small, "primary", { subnet: "nowhere" })],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("a fix in either direction makes the nodes alike", async () => {
  expect(await fixed(rule, stacked(small, "secondary"))).toEqual(small);
  const after = await fixed(rule, stacked(small, "primary"));
  expect(after.secondary).toContain("<subnet>198.51.100.20</subnet>");
  expect(await report(rule, after)).toBe("");
});

test("stacks on the secondary's own VIP where it has another uniqid", async () => {
  const files = setVip(stacked(small, "primary"), "secondary", 1, "uniqid", "5f00000000001");
  const after = await fixed(rule, files);
  expect(after.secondary).toContain("<interface>_vip5f00000000001</interface>");
  expect(await report(rule, after)).toBe("");
});

test.for([
  ["the secondary's VIP has no uniqid", setVip(stacked(small, "primary"), "secondary", 1, "uniqid", "")],
  [
    "the secondary has the address elsewhere",
    stacked(stacked(small, "primary"), "secondary", { interface: "wan", uniqid: "64b00000000a2" }),
  ],
  [
    "the secondary has another VIP of that uniqid",
    stacked(stacked(small, "primary"), "secondary", { interface: "wan", subnet: "198.51.100.21" }),
  ],
  ["virtual IPs are not synced", withoutVipSync(stacked(small, "primary"))],
  ["virtual IPs are not synced, and it is the secondary's", withoutVipSync(stacked(small, "secondary"))],
] as const)("offers no fix when %s", async ([, files]) => {
  const found = await report(rule, files);
  expect(found).toContain(rule.id);
  expect(found).not.toContain("fix:");
});
