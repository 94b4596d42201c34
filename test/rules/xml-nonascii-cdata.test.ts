import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { xmlNonasciiCdata as rule } from "../../src/rules/xml-nonascii-cdata.ts";
import { textOf } from "../support/bytes.ts";
import { change, configOf, report, root, small } from "../support/pair.ts";

const domain = (text: string) =>
  change(small, "secondary", "<domain>brook.example</domain>", `<domain>${text}</domain>`);

test.for([
  ["a character by its number", "br&#252;ck.example", "^^^^^^^^^^^^^^^^^^"],
  ["a Greek letter", "\u03bb.example", "^"],
  ["the first that has a name", "\u0142\u00e9", "^"],
  ["an entity inside CDATA", "<![CDATA[br&uuml;ck]]>", "^^^^^^^^^^"],
] as const)("points at %s", async ([, text, caret]) => {
  const printed = await report(rule, domain(text));
  expect(printed).toContain("<domain>: expected ASCII only");
  expect(/\| +(\^+)$/m.exec(printed)?.[1]).toBe(caret);
});

test.for([
  ["a comment", "brook<!-- br\u00fcck -->.example"],
  ["characters without an entity", "\u0142\u{1f511}\u6771.example"],
  ["ampersands", "<![CDATA[a &amp; b]]>"],
] as const)("accepts %s", async ([, text]) => {
  expect(await report(rule, domain(text))).toBe("");
});

test("shows nothing of a secret", async () => {
  const files = change(
    small,
    "secondary",
    "<hasync>",
    "<ipsec><phase1><pre-shared-key>g\u00e9heim</pre-shared-key></phase1></ipsec><hasync>",
  );
  const printed = await report(rule, files);
  expect(printed).toContain("<pre-shared-key>: expected");
  expect(printed).not.toMatch(/g.heim|\u00e9/);
});

describe("agrees with what pfSense 2.7.2 can read back", () => {
  const folder = new URL("fixtures/conformance/parse/", root);
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  test.for(names)("%s", (name) => {
    const { "2.7.2": expected } = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
    const config = configOf(textOf(readFileSync(new URL(name.replace(".json", ".xml"), folder))));
    if (!expected.ok || config.dialect.version >= 24.5) return;
    expect(config.unsavableTexts.length > 0).toBe(expected.rereads === "refused");
  });
});
