import { expect, test } from "vitest";
import { carpValueRange as rule } from "../../src/rules/carp-value-range.ts";
import { change, report, small } from "../support/pair.ts";
import { addVip, setVip } from "../support/vips.ts";

test.for([
  ["vhid", "1"],
  ["vhid", "255"],
  ["advbase", "1"],
  ["advbase", "254"],
  ["advbase", ""],
  ["advbase", undefined],
  ["advskew", "0"],
  ["advskew", "254"],
  ["advskew", ""],
  ["advskew", undefined],
  ["advskew", "ten"],
] as const)("accepts %s %s", async ([field, value]) => {
  const files =
    field === "vhid" ? change(small, "both", "<vhid>2<", `<vhid>${value}<`) : setVip(small, "both", 2, field, value);
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["vhid", "0", "expected vhid from 1 to 255, found 0"],
  ["vhid", "256", "expected vhid from 1 to 255, found 256"],
  ["vhid", "", "expected vhid from 1 to 255, found none"],
  ["advbase", "0", "expected advbase from 1 to 254, found 0"],
  ["advbase", "255", "expected advbase from 1 to 254, found 255"],
  ["advskew", "255", "expected advskew from 0 to 254, found 255"],
] as const)("reports %s %s on either node", async ([field, value, message]) => {
  const files =
    field === "vhid" ? change(small, "both", "<vhid>2<", `<vhid>${value}<`) : setVip(small, "both", 2, field, value);
  const found = await report(rule, files);
  expect(found).toContain(message);
  expect(found).toMatch(/^primary.xml:\d+:\d+: error/m);
  expect(found).toMatch(/^secondary.xml:\d+:\d+: error/m);
});

test("reports each field of a VIP", async () => {
  const files = setVip(setVip(small, "secondary", 2, "advbase", "999"), "secondary", 2, "advskew", "999");
  expect((await report(rule, files)).match(/: error:/g)).toHaveLength(2);
});

test("points at the VIP that has no vhid", async () => {
  const files = change(small, "primary", "<vhid>2</vhid>", "");
  expect(await report(rule, files)).toMatch(/^primary.xml:202:3: error: VHID \? on lan/);
});

test("does not ask it of other modes", async () => {
  const alias = addVip(small, "primary", { mode: "ipalias", subnet: "192.168.7.9" });
  const files = change(alias, "primary", "<mode>ipalias</mode>", "<mode>ipalias</mode><vhid>999</vhid>");
  expect(await report(rule, files)).toBe("");
});
