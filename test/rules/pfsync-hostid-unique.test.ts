import { expect, test } from "vitest";
import { pfsyncHostidUnique as rule } from "../../src/rules/pfsync-hostid-unique.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const ids = (primary: string, secondary: string) =>
  change(
    change(small, "primary", "<pfhostid>a1<", `<pfhostid>${primary}<`),
    "secondary",
    "<pfhostid>a2<",
    `<pfhostid>${secondary}<`,
  );

test.for([
  ["a1", "A1"],
  ["0000000a", "a"],
  ["ffffffff", " ffffffff "],
] as const)("reports '%s' and '%s', and empties the second", async ([primary, secondary]) => {
  expect(await report(rule, ids(primary, secondary))).toContain("filter host id: expected one of its own");
  expect(await fixed(rule, ids(primary, secondary))).toEqual(ids(primary, ""));
});

test.for([
  ["", ""],
  ["0", "0"],
  ["xyz", "xyz"],
  ["123456789", "123456789"],
  ["a1", "a2"],
] as const)("accepts '%s' and '%s'", async ([primary, secondary]) => {
  expect(await report(rule, ids(primary, secondary))).toBe("");
});

test("still asks where pfsync is off on one node", async () => {
  const files = change(ids("a1", "a1"), "secondary", "<pfsyncenabled>on</pfsyncenabled>", "");
  expect(await report(rule, files)).toContain(rule.id);
});
