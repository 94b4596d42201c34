import { expect, test } from "vitest";
import { packageSetMatch as rule } from "../../src/rules/package-set-match.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const packages = (files: Files, where: keyof Files, ...names: readonly string[]): Files =>
  change(
    files,
    where,
    "\t<hasync>",
    `<installedpackages>${names.map((name) => `<package><name>${name}</name></package>`).join("")}</installedpackages>\t<hasync>`,
  );

test("says nothing of a pair without packages", async () => {
  expect(await report(rule, small)).toBe("");
});

test("points at the root where the secondary has none, and names no more than a line can hold", async () => {
  const printed = await report(rule, packages(small, "primary", "a", "b", "c", "d", "e", "f", "g", "h"));
  expect(printed).toContain(
    "secondary.xml:2:1: info: packages: expected those of the primary, found no a, no b, no c, no d, no e, no f and 2 more",
  );
});

test("knows a package without a version", async () => {
  const files = packages(packages(small, "primary", "a"), "secondary", "a");
  expect(await report(rule, files)).toBe("");
  const newer = change(files, "primary", "<name>a</name>", "<name>a</name><version>1</version>");
  expect(await report(rule, newer)).toContain("found a without a version instead of 1");
});
