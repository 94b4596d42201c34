import { expect, test } from "vitest";
import { pfsyncSubnetSize as rule } from "../../src/rules/pfsync-subnet-size.ts";
import { change, report, small } from "../support/pair.ts";

const bits = (text: string) => change(small, "both", "<subnet>30</subnet>", `<subnet>${text}</subnet>`);

test("asks for the prefix length of its option", async () => {
  expect(await report(rule, bits("28"))).toContain("expected a prefix length of 29 or more, found 10.99.0.0/28");
  const settings = { options: new Map([[rule.id, { prefix: 31 }]]) };
  expect(await report(rule, small, settings)).toContain("expected a prefix length of 31 or more");
});

test.for([
  ["an address that is told", change(bits("24"), "primary", "10.99.0.1</ipaddr>", "dhcp</ipaddr>")],
  ["a primary without a sync interface", change(bits("24"), "primary", "<pfsyncinterface>opt1<", "<pfsyncinterface><")],
  ["a data network", change(small, "both", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<")],
  ["a primary without pfsync", change(bits("24"), "primary", "<pfsyncenabled>on</pfsyncenabled>", "")],
] as const)("is silent about %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});
