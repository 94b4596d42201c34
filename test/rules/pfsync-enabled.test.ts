import { expect, test } from "vitest";
import { pfsyncEnabled as rule } from "../../src/rules/pfsync-enabled.ts";
import { change, report, small } from "../support/pair.ts";

test("points at the root where there is no section at all", async () => {
  const files = change(small, "both", /\t<hasync>[\s\S]*<\/hasync>\n/g, "");
  expect(await report(rule, files)).toContain("primary.xml:2:1: warning: state synchronisation");
});

test("takes any text for on, as pfSense does", async () => {
  const off = change(small, "secondary", "<pfsyncenabled>on</pfsyncenabled>", "");
  expect(await report(rule, change(off, "primary", "<pfsyncenabled>on<", "<pfsyncenabled>no<"))).toBe("");
});
