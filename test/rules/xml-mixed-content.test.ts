import { expect, test } from "vitest";
import { xmlMixedContent as rule } from "../../src/rules/xml-mixed-content.ts";
import { change, configOf, fixed, report, small } from "../support/pair.ts";

test.for([
  ["spaces before a tab", "\t<filter>", " \t<filter>"],
  ["a comment", "\t<filter>", "\t<!-- do not touch -->\n\t<filter>"],
  ["an empty line", "\t<filter>", "\n\n\t<filter>"],
  ["spaces at the end of a line that tabs follow", "<filter>\n", "<filter>  \n"],
] as const)("accepts %s", async ([, find, replacement]) => {
  expect(await report(rule, change(small, "secondary", find, replacement))).toBe("");
});

test("reports one element once, however much text it holds", async () => {
  const files = change(small, "secondary", /<\/gateway_item>/g, "</gateway_item>note");
  expect((await report(rule, files)).match(/\[xml-mixed-content\]/g)).toHaveLength(1);
});

test("offers no fix where there are words too", async () => {
  const files = change(small, "secondary", "<filter>\n", "<filter> \n \n\t\tnote\n");
  expect(await report(rule, files)).toContain("help: remove the text");
});

test.for([
  ["a space on both sides of a break", " \n "],
  ["tabs between spaces", "\n \t \t"],
  ["a CR LF break", " \r\n "],
  ["no break", " \t "],
] as const)("removes %s, and pfSense loads the section again", async ([, space]) => {
  const before = change(small, "secondary", "</virtualip>", `${space}</virtualip>`);
  expect(configOf(before.secondary).carpVips).toHaveLength(0);
  const after = await fixed(rule, before);
  expect(configOf(after.secondary).carpVips).toHaveLength(2);
  expect(await report(rule, after)).toBe("");
});

test("text behind the last section makes pfSense refuse the file", () => {
  expect(configOf(small.secondary.replace("</pfsense>", "note</pfsense>")).loads).toBe(false);
  expect(configOf(small.secondary.replace("</filter>", "note</filter>")).loads).toBe(true);
});

test("leaves elements of packages alone", async () => {
  const files = change(
    small,
    "secondary",
    "\t<revision>",
    "\t<installedpackages>note<a></a></installedpackages>\n\t<revision>",
  );
  expect(await report(rule, files)).toBe("");
});
