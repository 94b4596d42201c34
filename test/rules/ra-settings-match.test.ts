import { expect, test } from "vitest";
import { raSettingsMatch as rule } from "../../src/rules/ra-settings-match.ts";
import { addSections, withIpv6 } from "../support/bindings.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const six = withIpv6(small);
const settings = (primary: string, secondary: string, files = six): Files => {
  const section = (fields: string): string => `<dhcpdv6><lan>${fields}</lan></dhcpdv6>`;
  return addSections(addSections(files, "primary", section(primary)), "secondary", section(secondary));
};
const on = "<ramode>managed</ramode>";

test.for([
  ["the same settings in another order", settings(`${on}<domain>a</domain>`, `<domain>a</domain>${on}`)],
  ["an empty field where the other has none", settings(`${on}<domain></domain>`, on)],
  ["an empty list where the other has none", settings(`${on}<range><from></from><to></to></range>`, on)],
  [
    "leftovers of a service that is off on both",
    settings("<ramode>disabled</ramode><domain>a</domain>", "<ramode>disabled</ramode>"),
  ],
  ["a service of one node, where nothing moves", settings(on, "<ramode>disabled</ramode>", small)],
  [
    "an interface that is off",
    change(settings(on, "<ramode>router</ramode>"), "primary", /<enable><\/enable>(\s*<if>igb1)/, "$1"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["a mode", settings(on, "<ramode>router</ramode>"), "ramode"],
  ["a service of one node, on an interface with a CARP VIP", settings(on, "<ramode>disabled</ramode>"), "ramode"],
  ["a switch", settings(`${on}<enable></enable>`, on), "enable"],
  ["a range", settings(`${on}<range><from>::10</from></range>`, `${on}<range><from>::20</from></range>`), "range"],
  [
    "a list, in its order",
    settings(
      `${on}<dnsserver>::1</dnsserver><dnsserver>::2</dnsserver>`,
      `${on}<dnsserver>::2</dnsserver><dnsserver>::1</dnsserver>`,
    ),
    "dnsserver",
  ],
  [
    "the first entry of a list",
    settings(
      `${on}<dnsserver>::1</dnsserver><dnsserver>::2</dnsserver>`,
      `${on}<dnsserver>::3</dnsserver><dnsserver>::2</dnsserver>`,
    ),
    "dnsserver",
  ],
  [
    "a service of one node, where one node has the CARP VIP",
    settings(
      on,
      "<ramode>disabled</ramode>",
      change(six, "secondary", /<vip><mode>carp<\/mode><interface>lan<\/interface><vhid>6<.*?<\/vip>/, ""),
    ),
    "ramode",
  ],
  ["two fields", settings(`${on}<domain>a</domain><rapriority>high</rapriority>`, on), "domain, rapriority"],
  ["services of both nodes, without a CARP VIP", settings(on, "<ramode>router</ramode>", small), "ramode"],
] as const)("reports %s", async ([, files, names]) => {
  expect(await report(rule, files)).toContain(`expected the primary's settings, found other ${names} [`);
});

test("points at the section where the secondary lacks the interface", async () => {
  const files = addSections(six, "primary", `<dhcpdv6><lan>${on}</lan></dhcpdv6>`);
  expect(await report(rule, files)).toMatch(/^secondary\.xml:2:1: /);
});

test("compares VIPs by their address, not by their uniqid", async () => {
  const renamed = change(six, "secondary", "64b0000000006", "5f00000000006");
  const vip = (uniqid: string): string => `${on}<rainterface>_vip${uniqid}</rainterface>`;
  expect(await report(rule, settings(vip("64b0000000006"), vip("5f00000000006"), renamed))).toBe("");
  expect(await report(rule, settings(vip("64b0000000006"), vip("64b0000000002")))).toContain("found other rainterface");
});

test("leaves it to ra-interface-vip that a node announces itself, and no more than that", async () => {
  const own = `${on}<rainterface>lan</rainterface>`;
  const vip = `${on}<rainterface>_vip64b0000000006</rainterface>`;
  expect(await report(rule, settings(own, vip))).toBe("");
  expect(await report(rule, settings(vip, own))).toBe("");
  expect(await report(rule, settings(own, on))).toBe("");
  expect(await report(rule, settings(`${own}<domain>a</domain>`, vip))).toContain("found other domain [");
  const withoutVip = change(six, "both", /<vip><mode>carp<\/mode><interface>lan<\/interface><vhid>6<.*?<\/vip>/, "");
  expect(await report(rule, settings(own, vip, withoutVip))).toContain("found other rainterface [");
});

test("is no question where sync carries the section", async () => {
  const newer = change(settings(on, "<ramode>router</ramode>"), "both", "<version>23.3<", "<version>24.0<");
  expect(await report(rule, newer)).toContain("ramode");
  expect(
    await report(
      rule,
      change(newer, "primary", "<synchronizewol>", "<synchronizekea6>on</synchronizekea6><synchronizewol>"),
    ),
  ).toBe("");
});
