import { expect, test } from "vitest";
import { keaHaNames as rule } from "../../src/rules/kea-ha-names.ts";
import { change, fixed, report } from "../support/pair.ts";
import { withKeaHa, withoutDhcpSync } from "../support/services.ts";

test("accepts a host name on one side and a name on the other", async () => {
  expect(await report(rule, withKeaHa({ localname: "" }, { remotename: "brook-a" }))).toBe("");
});

test.for([
  [
    "a remote name that the primary does not go by",
    withKeaHa({}, { remotename: "brook-a" }),
    /^secondary.xml:\d+:\d+: error: Kea HA: expected the remote name kea-a, which the primary goes by, found brook-a/,
  ],
  [
    "a remote name that the secondary does not go by",
    withKeaHa({ remotename: "kea-x" }),
    /^primary.xml:\d+:\d+: error: Kea HA: expected the remote name kea-b, which the secondary goes by, found kea-x/,
  ],
  ["no remote name", withKeaHa({ remotename: "" }), /found none/],
  ["the host name, where a local name is set", withKeaHa({ remotename: "brook-b" }), /expected the remote name kea-b/],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toMatch(message);
});

test("reports one name for both once, be it the host name", async () => {
  const files = change(
    withKeaHa({ localname: "", remotename: "" }, { localname: "" }),
    "secondary",
    "<hostname>brook-b<",
    "<hostname>brook-a<",
  );
  const found = await report(rule, files);
  expect(found).toContain("Kea HA: expected two different local names, found brook-a on both nodes");
  expect(found.match(/: error:/g)).toHaveLength(1);
  expect(found).not.toContain("fix:");
});

test("writes the primary's local name on the secondary, or its host name", async () => {
  expect(await fixed(rule, withKeaHa({}, { remotename: "old" }))).toEqual(withKeaHa());
  const named = withKeaHa({ localname: "" }, { remotename: "old" });
  expect(await fixed(rule, named)).toEqual(withKeaHa({ localname: "" }, { remotename: "brook-a" }));
});

test.for([
  ["on the primary", withKeaHa({ remotename: "old" })],
  ["where DHCP is not synced", withoutDhcpSync(withKeaHa({}, { remotename: "old" }))],
] as const)("offers no fix %s", async ([, files]) => {
  expect(await report(rule, files)).not.toContain("fix:");
});

test("knows DHCPv6", async () => {
  expect(await report(rule, withKeaHa({}, { remotename: "old" }, "kea6"))).toContain("Kea HA of DHCPv6: expected");
});
