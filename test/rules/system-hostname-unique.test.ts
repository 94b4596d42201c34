import { expect, test } from "vitest";
import { systemHostnameUnique as rule } from "../../src/rules/system-hostname-unique.ts";
import { change, report, small } from "../support/pair.ts";

test("is silent where there is no name", async () => {
  expect(await report(rule, change(small, "both", /<hostname>brook-.<\/hostname>/g, ""))).toBe("");
});

test("compares names without a domain too", async () => {
  const files = change(
    change(small, "both", "<domain>brook.example</domain>", ""),
    "secondary",
    "brook-b</hostname>",
    "brook-a</hostname>",
  );
  expect(await report(rule, files)).toContain("found brook-a, the primary's");
});
