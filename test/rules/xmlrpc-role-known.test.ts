import { expect, test } from "vitest";
import { clusterOf } from "../../src/cluster/cluster.ts";
import { lintCluster } from "../../src/lint.ts";
import { xmlrpcRoleKnown as rule } from "../../src/rules/xmlrpc-role-known.ts";
import { change, configOf, report, small } from "../support/pair.ts";

const untold = change(
  change(small, "primary", "\t\t<synchronizetoip>10.99.0.2</synchronizetoip>\n", ""),
  "secondary",
  /<advskew>100<\/advskew>/g,
  "<advskew>0</advskew>",
);

test("says which file was taken, by the order in which they were given", async () => {
  const { diagnostics } = await lintCluster(
    clusterOf(configOf(untold.primary, "b.xml"), configOf(untold.secondary, "a.xml")),
    [rule],
  );
  expect(diagnostics.map(({ at, help }) => [at.source.path, help?.includes("b.xml was taken")])).toEqual([
    ["b.xml", true],
  ]);
});

test("has nothing to say once the user has told", async () => {
  expect(await report(rule, untold)).toBe("");
  expect(await report(rule, untold, { roles: "detect" })).not.toBe("");
});

test("tells a pair without common CARP VIPs from one with mixed advskews", async () => {
  const apart = change(untold, "secondary", /<vhid>\d<\/vhid>/g, "<vhid>77</vhid>");
  expect(await report(rule, apart, { roles: "detect" })).toContain("no CARP VIP that both nodes have");
  expect(await report(rule, untold, { roles: "detect" })).toContain("no node with all the lower ones");
});

test("points at the root where there is no hasync", async () => {
  const bare = change(untold, "primary", /\t<hasync>[\s\S]*<\/hasync>\n/, "");
  expect(await report(rule, bare, { roles: "detect" })).toContain("primary.xml:2:1: warning: roles");
});
