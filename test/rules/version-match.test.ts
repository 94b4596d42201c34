import { expect, test } from "vitest";
import { syncFilterCurrent } from "../../src/rules/sync-filter-current.ts";
import { syncRevisionOrder } from "../../src/rules/sync-revision-order.ts";
import { versionMatch as rule } from "../../src/rules/version-match.ts";
import { change, lintFiles, report, small } from "../support/pair.ts";

const version = (text: string) => change(small, "secondary", "<version>23.3<", `<version>${text}<`);

test.for([
  ["another spelling of the number, as pfSense compares numbers", version("23.30")],
  ["white space around it", version(" 23.3 ")],
  ["none, which version-known reports", version("")],
  ["the same word on both nodes", change(small, "both", "<version>23.3<", "<version>devel<")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["an older version", version("22.9"), "expected 23.3 as on the primary, found 22.9"],
  ["a newer version", version("23.31"), "expected 23.3 as on the primary, found 23.31"],
  ["a version of three parts", version("23.3.0"), "expected 23.3 as on the primary, found 23.3.0"],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test("rules about what a sync writes agree that it takes place", async () => {
  const { notApplicable } = await lintFiles(version("23.30"), [syncFilterCurrent, syncRevisionOrder]);
  expect(notApplicable).toEqual([]);
});
