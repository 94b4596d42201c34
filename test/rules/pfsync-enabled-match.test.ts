import { expect, test } from "vitest";
import { pfsyncEnabledMatch as rule } from "../../src/rules/pfsync-enabled-match.ts";
import { change, fixed, report, small } from "../support/pair.ts";

test("adds the whole section where there is none", async () => {
  const before = change(small, "secondary", /\t<hasync>[\s\S]*<\/hasync>\n/, "");
  expect(await report(rule, before)).toContain("secondary.xml:2:1: error:");
  const after = await fixed(rule, before);
  expect(after.secondary).toContain("\t<hasync>\n\t\t<pfsyncenabled>on</pfsyncenabled>\n\t</hasync>\n");
  expect(after.primary).toBe(before.primary);
});
