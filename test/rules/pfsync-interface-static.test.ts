import { expect, test } from "vitest";
import { pfsyncInterfaceStatic as rule } from "../../src/rules/pfsync-interface-static.ts";
import { change, report, small } from "../support/pair.ts";

test("is silent about an address that cannot be read", async () => {
  expect(await report(rule, change(small, "secondary", "10.99.0.2</ipaddr>", "10.99.0.2/30</ipaddr>"))).toBe("");
});

test("is silent about a node without pfsync", async () => {
  const off = change(small, "secondary", "<pfsyncenabled>on</pfsyncenabled>", "");
  expect(await report(rule, change(off, "secondary", "10.99.0.2</ipaddr>", "dhcp</ipaddr>"))).toBe("");
});

test("is silent about a secondary that has chosen another interface", async () => {
  const lan = change(small, "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<");
  expect(await report(rule, change(lan, "secondary", "192.168.7.12</ipaddr>", "dhcp</ipaddr>"))).toBe("");
});
