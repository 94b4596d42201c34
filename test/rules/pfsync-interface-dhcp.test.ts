import { expect, test } from "vitest";
import { pfsyncInterfaceDhcp as rule } from "../../src/rules/pfsync-interface-dhcp.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const served = (files: Files, where: keyof Files | "both") =>
  change(files, where, "</dhcpd>", "<opt1><enable></enable></opt1></dhcpd>");
const served6 = (files: Files, where: keyof Files | "both") =>
  change(files, where, "</dhcpd>", "</dhcpd><dhcpdv6><opt1><enable></enable></opt1></dhcpdv6>");
const unsynced = change(small, "primary", "<synchronizedhcpd>on</synchronizedhcpd>", "");
const places = async (files: Files) => (await report(rule, files)).match(/^\w+(?=\.xml)/gm) ?? [];

test.for([
  ["on both nodes, where the primary's is copied", served(small, "both"), ["primary"]],
  ["on the secondary, where the next sync removes it", served(small, "secondary"), []],
  ["on both nodes without sync", served(unsynced, "both"), ["primary", "secondary"]],
  ["on the secondary without sync", served(unsynced, "secondary"), ["secondary"]],
  ["DHCPv6 on both nodes, never synchronised up to 23.3", served6(small, "both"), ["primary", "secondary"]],
  ["DHCPv6 on the primary", served6(small, "primary"), ["primary"]],
] as const)("%s", async ([, files, expected]) => {
  expect(await places(files)).toEqual(expected);
});

test("DHCPv6 that the primary sends after 2.7", async () => {
  const files = change(served6(small, "both"), "both", "<version>23.3<", "<version>24.0<");
  expect(await places(change(files, "primary", "<hasync>", "<hasync><synchronizekea6>on</synchronizekea6>"))).toEqual([
    "primary",
  ]);
});

test("accepts DHCP on a data interface that carries pfsync as well", async () => {
  expect(await places(change(small, "both", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<"))).toEqual([]);
});
