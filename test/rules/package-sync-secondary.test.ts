import { expect, test } from "vitest";
import { packageSyncSecondary as rule } from "../../src/rules/package-sync-secondary.ts";
import { change, type Files, readFiles, report } from "../support/pair.ts";

const bad = readFiles("rules/package-sync-secondary/bad-manual-back-to-the-primary");
const edit = (find: string | RegExp, replacement: string, files: Files = bad): Files =>
  change(files, "secondary", find, replacement);
const back = "<varsyncipaddress>10.99.0.1";

test.for([
  ["a disabled sync", edit("<varsynconchanges>manual", "<varsynconchanges>disabled")],
  ["a sync without mode", edit("<varsynconchanges>manual", "<varsynconchanges>")],
  ["rows that lead elsewhere", edit(back, "<varsyncipaddress>192.168.7.9")],
  ["a host name, which no file resolves", edit(back, "<varsyncipaddress>brook-a.example")],
  [
    "a row that is off",
    edit(
      /<varsyncdestinenable>on(?=<\/varsyncdestinenable>\s*<varsyncprotocol>https<\/varsyncprotocol>\s*<varsyncipaddress>10)/,
      "<varsyncdestinenable>",
    ),
  ],
  [
    "a row without switch",
    edit(
      /<varsyncdestinenable>on<\/varsyncdestinenable>(?=\s*<varsyncprotocol>https<\/varsyncprotocol>\s*<varsyncipaddress>10)/,
      "",
    ),
  ],
  ["a package that the primary lacks", change(bad, "primary", /<installedpackages>[\s\S]*<\/installedpackages>/, "")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("takes a VIP of the primary for one of its addresses", async () => {
  expect(await report(rule, edit(back, "<varsyncipaddress>192.168.7.1"))).toContain(
    "found manual, which sends its settings to an address of the primary",
  );
});

test("knows packages by their field names", async () => {
  const snort = change(
    change(bad, "both", "<pfblockerngsync>", "<snortsync>"),
    "both",
    "</pfblockerngsync>",
    "</snortsync>",
  );
  expect(await report(rule, snort)).toContain("snortsync of the secondary: expected no sync");
});
