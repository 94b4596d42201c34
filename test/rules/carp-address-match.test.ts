import { expect, test } from "vitest";
import { carpAddressMatch as rule } from "../../src/rules/carp-address-match.ts";
import { fixed, report, small } from "../support/pair.ts";
import { addVip, setVip, withoutVipSync } from "../support/vips.ts";

const moved = (address: string) => setVip(small, "secondary", 2, "subnet", address);

test.for([
  ["an address that cannot be read, which xml-field-readable reports", moved("192.168.7")],
  ["an address of the primary that cannot be read", setVip(small, "primary", 2, "subnet", "192.168.7")],
  [
    "an address that the primary has under another VHID, which carp-vhid-match reports",
    addVip(moved("192.168.7.9"), "primary", { subnet: "192.168.7.9" }),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("reports an address that the primary has on another interface only", async () => {
  const files = addVip(moved("192.168.7.9"), "primary", { interface: "opt1", subnet: "192.168.7.9" });
  expect(await report(rule, files)).toContain(
    "VHID 2 on lan: expected 192.168.7.1 as on the primary, found 192.168.7.9",
  );
});

test("reports an address of the other family", async () => {
  expect(await report(rule, moved("::c0a8:701"))).toContain("found ::c0a8:701");
});

test("writes the primary's address", async () => {
  expect(await fixed(rule, moved("192.168.7.9"))).toEqual(small);
});

test.for([
  ["virtual IPs are not synced", withoutVipSync(moved("192.168.7.9"))],
  [
    "another VIP of the secondary has the address",
    addVip(moved("192.168.7.9"), "secondary", { mode: "ipalias", subnet: "192.168.7.1" }),
  ],
] as const)("offers no fix when %s", async ([, files]) => {
  const found = await report(rule, files);
  expect(found).toContain(rule.id);
  expect(found).not.toContain("fix:");
});

test("reports a VIP without an address, on the secondary with what sync writes, on the primary without a fix", async () => {
  const [primary, secondary] = (["primary", "secondary"] as const).map((where) =>
    setVip(small, where, 2, "subnet", ""),
  );
  expect(await report(rule, secondary!)).toContain("VHID 2 on lan: expected 192.168.7.1 as on the primary, found none");
  expect(await fixed(rule, secondary!)).toEqual(small);
  const found = await report(rule, primary!);
  expect(found).toContain("VHID 2 on lan: expected an address on the primary, found none");
  expect(found).not.toContain("fix:");
});
