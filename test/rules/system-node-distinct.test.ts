import { expect, test } from "vitest";
import { interfaceAddressUnique } from "../../src/rules/interface-address-unique.ts";
import { systemHostnameUnique } from "../../src/rules/system-hostname-unique.ts";
import { systemNodeDistinct as rule } from "../../src/rules/system-node-distinct.ts";
import { change, report, small } from "../support/pair.ts";

const copy = { primary: small.primary, secondary: small.primary };
const secondary = (find: string, replacement: string) => change(copy, "secondary", find, replacement);
const told = (files: typeof small, host: string) => change(files, "secondary", `${host}</ipaddr>`, "dhcp</ipaddr>");

test("says once what other rules would say of each address and of the name", async () => {
  expect(await report(rule, copy)).toContain("host name brook-a and all of its 3 static addresses");
  expect(await report(interfaceAddressUnique, copy)).toBe("");
  expect(await report(systemHostnameUnique, copy)).toBe("");
});

test.for([
  ["another host name", secondary("<hostname>brook-a<", "<hostname>brook-b<")],
  ["one address of its own", secondary("192.168.7.11</ipaddr>", "192.168.7.12</ipaddr>")],
  ["only one address in common", told(told(copy, "198.51.100.11"), "192.168.7.11")],
] as const)("leaves a node with %s to the other rules", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
  expect(await report(interfaceAddressUnique, files)).not.toBe("");
});

test("counts addresses that are told on one node as neither the same nor different", async () => {
  expect(await report(rule, told(copy, "198.51.100.11"))).toContain("all of its 2 static addresses");
});
