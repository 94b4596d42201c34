import { expect, test } from "vitest";
import { keaHaRole as rule } from "../../src/rules/kea-ha-role.ts";
import { change, fixed, lintFiles, report } from "../support/pair.ts";
import { onKea, withKeaHa, withoutDhcpSync } from "../support/services.ts";

test("accepts the roles the other way round", async () => {
  expect(await report(rule, withKeaHa({ role: "standby" }, { role: "primary" }))).toBe("");
  expect(await report(rule, withKeaHa({ role: "standby" }, { role: "" }))).toBe("");
});

test.for([
  ["two primaries", withKeaHa({}, { role: "primary" }), "expected role standby on the secondary, found primary"],
  [
    "two primaries by default",
    withKeaHa({ role: "" }, { role: "" }),
    "expected role standby on the secondary, found none, which means primary",
  ],
  ["two standbys", withKeaHa({ role: "standby" }, {}), "expected role primary on the secondary, found standby"],
  ["another word", withKeaHa({}, { role: "backup" }), "expected role standby on the secondary, found backup"],
] as const)("reports %s, and writes what sync would", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
  const after = await fixed(rule, files);
  expect(after.primary).toBe(files.primary);
  expect(await report(rule, after)).toBe("");
});

test("reports another word on the primary, where it stops the sync, and offers nothing", async () => {
  const found = await report(rule, withKeaHa({ role: "master" }, {}));
  expect(found).toMatch(
    /^primary.xml:\d+:\d+: error: Kea HA: expected role primary or standby on the primary, found master/,
  );
  expect(found).not.toContain("fix:");
});

test("asks DHCPv6 apart, whose settings have a box of their own", async () => {
  const files = withKeaHa({}, { role: "primary" }, "kea6");
  expect(await report(rule, files)).toContain("Kea HA of DHCPv6: expected role standby");
  expect(await report(rule, files)).not.toContain("fix:");
  const selected = change(
    change(files, "primary", "<synchronizetoip>", "<synchronizekea6>on</synchronizekea6><synchronizetoip>"),
    "primary",
    "<filter>",
    "<dhcpdv6><lan><ramode>managed</ramode></lan></dhcpdv6><filter>",
  );
  expect(await report(rule, selected)).toContain("fix: write the role that XMLRPC sync would, standby");
});

test("offers no fix where DHCP is not synced", async () => {
  expect(await report(rule, withoutDhcpSync(withKeaHa({}, { role: "primary" })))).not.toContain("fix:");
});

test.for([
  ["no high availability", onKea, "Kea HA is not on on both nodes"],
  [
    "high availability on the primary alone",
    change(withKeaHa(), "secondary", "<ha><enable></enable>", "<ha>"),
    "Kea HA is not on on both nodes",
  ],
  [
    "high availability on the secondary alone",
    change(withKeaHa(), "primary", "<ha><enable></enable>", "<ha>"),
    "Kea HA is not on on both nodes",
  ],
  [
    "ISC",
    change(withKeaHa(), "both", "<dhcpbackend>kea<", "<dhcpbackend>isc<"),
    "Kea does not serve DHCP on both nodes",
  ],
] as const)("does not apply with %s", async ([, files, reason]) => {
  expect((await lintFiles(files, [rule])).notApplicable).toEqual([{ rule: rule.id, reason }]);
});
