import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DiffSide, unifiedDiff } from "../../src/emit/diff.ts";
import { secretSpans } from "../../src/model/secret-spans.ts";
import { parseXml } from "../../src/parser/xml.ts";
import { Source } from "../../src/source.ts";
import { folder } from "../support/run.ts";

const plain = (text: string, name = "pf2.xml"): DiffSide => ({ source: new Source(name, text), secrets: [] });

function hidden(text: string): DiffSide {
  const source = new Source("pf2.xml", text);
  return { source, secrets: secretSpans(parseXml(source), 0, text.length) };
}

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => `<a${from + i}/>\n`).join("");

test("equal texts have no difference", () => {
  expect(unifiedDiff(plain("a\n"), plain("a\n"), [])).toBe("");
});

test("each hunk is headed by its reasons", () => {
  const before = `${lines(1, 30)}<b>1</b>\n${lines(31, 60)}<c>1</c>\n`;
  const after = before.replace("<a5/>\n", "").replace("<b>1", "<b>2").replace("<c>1</c>", "<c>1</c>\n<d/>");
  const place = (text: string) => ({ start: after.indexOf(text), end: after.indexOf(text) + text.length });
  const diff = unifiedDiff(plain(before), plain(after), [
    { ...place("2</b>"), name: "rule-b" },
    { ...place("<d/>"), name: "rule-d" },
    { ...place("<d/>"), name: "rule-c" },
    { start: after.indexOf("<a6/>"), end: after.indexOf("<a6/>"), name: "rule-a" },
  ]);
  expect(diff.match(/^@@.*$/gm)).toEqual([
    "@@ -2,7 +2,6 @@ rule-a",
    "@@ -28,7 +27,7 @@ rule-b",
    "@@ -60,3 +59,4 @@ rule-c, rule-d",
  ]);
});

const hasPatch = spawnSync("patch", ["--version"]).status === 0;

test.skipIf(!hasPatch)("without secrets, patch applies it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b", "c", "<d>", "\té"), { minLength: 1, maxLength: 30 }),
      fc.array(fc.constantFrom("a", "b", "c", "<d>", "\té"), { minLength: 1, maxLength: 30 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      (one, other, eol, ending) => {
        const [before, after] = [one, other].map((items) => items.join(eol) + (ending ? eol : "")) as [string, string];
        const diff = unifiedDiff(plain(before), plain(after), [{ start: 0, end: 0, name: "a-rule" }]);
        fc.pre(diff !== "");
        const cwd = folder();
        writeFileSync(join(cwd, "pf2.xml"), before);
        const { status, stdout } = spawnSync("patch", ["--binary", "pf2.xml"], { cwd, input: diff, encoding: "utf8" });
        expect(status, stdout).toBe(0);
        expect(readFileSync(join(cwd, "pf2.xml"), "utf8")).toBe(after);
      },
    ),
    { numRuns: 30 },
  );
});

describe("secrets", () => {
  test("are masked on every line, and one that changes is still a change", () => {
    const before = "<a>\n<password>CANARY1</password>\n<b>1</b>\n<psk>CANARY2</psk>\n</a>\n";
    const after = "<a>\n<password>CANARY3</password>\n<b>1</b>\n<psk>CANARY2</psk>\n<key>CANARY4</key>\n</a>\n";
    expect(unifiedDiff(hidden(before), hidden(after), [])).toBe(
      `--- pf2.xml
+++ pf2.xml
@@ -1,5 +1,6 @@
 <a>
-<password>••••••••</password>
+<password>••••••••</password>
 <b>1</b>
 <psk>••••••••</psk>
+<key>••••••••</key>
 </a>
`,
    );
  });

  test("of several lines are one mask, and lines behind them keep their numbers", () => {
    const secret = "<password><![CDATA[CANARY\nCANARY\n\n  CANARY]]></password>";
    const before = `<a>\n${secret}\n${lines(6, 20)}<b>1</b>\n</a>\n`;
    const diff = unifiedDiff(hidden(before), hidden(before.replace("<b>1", "<b>2").replace("CANARY\n\n", "")), []);
    expect(diff).not.toContain("CANARY");
    expect(diff.match(/^@@.*$/gm)).toEqual(["@@ -1,5 +1,5 @@", "@@ -18,5 +16,5 @@"]);
    expect(diff.match(/••••••••/g)).toHaveLength(2);
  });

  test("tell nothing by their length", () => {
    const diffOf = (secret: string): string =>
      unifiedDiff(hidden("<a>\n<b/>\n</a>\n"), hidden(`<a>\n<b/>\n<password>${secret}</password>\n</a>\n`), []);
    expect(diffOf("x")).toBe(diffOf("CANARY\nCANARY\nCANARY"));
  });
});

test("nothing that a terminal would act upon gets through", () => {
  const diff = unifiedDiff(plain("<a>1</a>\n"), plain("<a>\u009b31m\u202e\r2</a>\r\n"), []);
  expect(diff).toContain("+<a>\\u{9b}31m\\u{202e}\\u{d}2</a>\r\n");
});
