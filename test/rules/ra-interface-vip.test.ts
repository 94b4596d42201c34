import { expect, test } from "vitest";
import { raInterfaceVip as rule } from "../../src/rules/ra-interface-vip.ts";
import { addSections, withIpv6 } from "../support/bindings.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";
import { addVip } from "../support/vips.ts";

const six = withIpv6(small);
const advertising = (files: Files, where: keyof Files | "both", fields: string): Files =>
  addSections(files, where, `<dhcpdv6><lan>${fields}</lan></dhcpdv6>`);
const plain = "<ramode>router</ramode>";

test.for([
  ["a VIP", advertising(six, "both", `${plain}<rainterface>_vip64b0000000006</rainterface>`)],
  ["an interface without an IPv6 CARP VIP", advertising(small, "both", plain)],
  ["one node that advertises", advertising(six, "primary", plain)],
  ["both switched off", advertising(six, "both", "<ramode>disabled</ramode>")],
  ["no mode", advertising(six, "both", "<ramode></ramode>")],
  [
    "an interface that is off",
    change(advertising(six, "both", plain), "secondary", /<enable><\/enable>(\s*<if>igb1)/, "$1"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("reads the older name of the mode", async () => {
  expect(await report(rule, advertising(six, "both", "<mode>router</mode>"))).toContain(
    "both nodes announce themselves",
  );
});

test("reports a node alone where the other names a VIP, and fixes that one", async () => {
  const named = `${plain}<rainterface>_vip64b0000000006</rainterface>`;
  const files = advertising(advertising(six, "primary", named), "secondary", `${plain}<rainterface>lan</rainterface>`);
  const found = await report(rule, files);
  expect(found).toMatch(/^secondary\.xml/);
  expect(found.match(/: warning: /g)).toHaveLength(1);
  expect(await fixed(rule, files)).toEqual(advertising(six, "both", named));
});

test("a node without the VIP has nothing to choose", async () => {
  const one = change(six, "secondary", /<vip><mode>carp<\/mode><interface>lan<\/interface><vhid>6<.*?<\/vip>/, "");
  const found = await report(rule, advertising(one, "both", plain));
  expect(found).toMatch(/^primary\.xml/);
  expect(found).not.toContain("secondary.xml");
});

test("offers no fix where there is a choice", async () => {
  const more = addVip(six, "both", { vhid: "7", bits: "64", subnet: "fe80::1" });
  const found = await report(rule, advertising(more, "both", plain));
  expect(found).toContain("help: ");
  expect(found).not.toContain("fix:");
});
