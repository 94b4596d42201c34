import { expect, test } from "vitest";
import { dhcpBackendMatch as rule } from "../../src/rules/dhcp-backend-match.ts";
import { change, fixed, lintFiles, report, small } from "../support/pair.ts";
import { withoutDhcpSync } from "../support/services.ts";

const backend = (files: typeof small, where: "primary" | "secondary", name: string) =>
  change(files, where, "<dhcpd>", `<dhcpbackend>${name}</dhcpbackend><dhcpd>`);
const kea = backend(small, "primary", "kea");

test("accepts Kea on both nodes", async () => {
  expect(await report(rule, backend(kea, "secondary", "kea"))).toBe("");
});

test.for([
  [
    "isc, said",
    backend(kea, "secondary", "isc"),
    /^secondary.xml:104:15: error: DHCP backend: expected kea as on the primary, found isc/,
  ],
  ["isc, unsaid", kea, /^secondary.xml:2:1: error: DHCP backend: expected kea as on the primary, found isc/],
  [
    "Kea on the secondary alone",
    backend(small, "secondary", "kea"),
    /^secondary.xml:104:15: error: DHCP backend: expected isc as on the primary, found kea/,
  ],
] as const)("reports %s, and fixes it on the secondary", async ([, files, message]) => {
  expect(await report(rule, files)).toMatch(message);
  const after = await fixed(rule, files);
  expect(after.primary).toBe(files.primary);
  expect(await report(rule, after)).toBe("");
});

const without = (where: "primary" | "secondary") => change(kea, where, /(<dhcpd>\s*<lan>)\s*<enable><\/enable>/, "$1");

test("is asked before the sync that brings DHCP to the secondary", async () => {
  expect(await report(rule, without("secondary"))).toContain(rule.id);
});

test("is asked where one interface of several is served", async () => {
  expect(await report(rule, change(kea, "both", "</dhcpd>", "<opt1></opt1></dhcpd>"))).toContain(rule.id);
});

test.for([
  ["on the primary", without("primary")],
  ["on the secondary, nor will be", withoutDhcpSync(without("secondary"))],
] as const)("does not apply where DHCP is not served %s", async ([, files]) => {
  expect((await lintFiles(files, [rule])).notApplicable).toHaveLength(1);
});
