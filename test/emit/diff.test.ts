import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyPatch } from "diff";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/emit/apply.ts";
import { type DiffSide, type Reason, type Region, unifiedDiff } from "../../src/emit/diff.ts";
import { addRegions } from "../../src/fix/marks.ts";
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

/** The difference of two texts of which nobody says where they differ. */
function diffOf(before: DiffSide, after: DiffSide, reasons: readonly Reason[] = []): string {
  const all = ({ source }: DiffSide) => ({ start: 0, end: source.text.length });
  return unifiedDiff(before, after, [{ before: all(before), after: all(after) }], reasons);
}

test("equal texts have no difference", () => {
  expect(diffOf(plain("a\n"), plain("a\n"))).toBe("");
  expect(unifiedDiff(plain("a\n"), plain("a\n"), [], [])).toBe("");
});

test("each hunk is headed by its reasons", () => {
  const before = `${lines(1, 30)}<b>1</b>\n${lines(31, 60)}<c>1</c>\n`;
  const after = before.replace("<a5/>\n", "").replace("<b>1", "<b>2").replace("<c>1</c>", "<c>1</c>\n<d/>");
  const place = (text: string) => ({ start: after.indexOf(text), end: after.indexOf(text) + text.length });
  const diff = diffOf(plain(before), plain(after), [
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
        const diff = diffOf(plain(before), plain(after), [{ start: 0, end: 0, name: "a-rule" }]);
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
    expect(diffOf(hidden(before), hidden(after))).toBe(
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
    const diff = diffOf(hidden(before), hidden(before.replace("<b>1", "<b>2").replace("CANARY\n\n", "")));
    expect(diff).not.toContain("CANARY");
    expect(diff.match(/^@@.*$/gm)).toEqual(["@@ -1,5 +1,5 @@", "@@ -18,5 +16,5 @@"]);
    expect(diff.match(/••••••••/g)).toHaveLength(2);
  });

  test("tell nothing by their length", () => {
    const added = (secret: string): string =>
      diffOf(hidden("<a>\n<b/>\n</a>\n"), hidden(`<a>\n<b/>\n<password>${secret}</password>\n</a>\n`));
    expect(added("x")).toBe(added("CANARY\nCANARY\nCANARY"));
  });
});

test("nothing that a terminal would act upon gets through", () => {
  const diff = diffOf(plain("<a>1</a>\n"), plain("<a>\u009b31m\u202e\r2</a>\r\n"));
  expect(diff).toContain("+<a>\\u{9b}31m\\u{202e}\\u{d}2</a>\r\n");
});

/** Edits that do not overlap, in a text of some length. */
const edits = (length: number): fc.Arbitrary<readonly { start: number; end: number; text: string }[]> =>
  fc
    .array(fc.tuple(fc.nat(length), fc.nat(4), fc.constantFrom("", "x", "\n", "x\n", "\nx", "a\nb\nc\n")), {
      maxLength: 5,
    })
    .map((found) => {
      let end = -1;
      return found
        .sort(([a], [b]) => a - b)
        .flatMap(([start, size, text]) => {
          if (start <= end) return [];
          end = Math.min(length, start + size);
          return [{ start, end, text }];
        });
    });

/** Applies rounds of edits, and keeps the books about where the texts differ. */
function afterRounds(
  text: string,
  rounds: readonly (readonly { start: number; end: number; text: string }[])[],
): { text: string; regions: readonly Region[] } {
  let source = new Source("pf2.xml", text);
  let regions: readonly Region[] = [];
  for (const round of rounds) {
    const within = round.filter(({ end }) => end <= source.text.length);
    const made = within.map(({ start, end, text: put }) => ({ at: source.span(start, end), text: put }));
    regions = addRegions(regions, source, made);
    source = source.withText(applyEdits(source, made));
  }
  return { text: source.text, regions };
}

describe("regions", () => {
  const text = fc.array(fc.constantFrom("a", "bb", "", "a", "<c>"), { maxLength: 40 }).map((all) => all.join("\n"));
  const rounds = text.chain((before) =>
    fc.tuple(fc.constant(before), fc.array(edits(before.length), { minLength: 1, maxLength: 3 })),
  );

  test("are where the texts differ, after any rounds of edits", () => {
    fc.assert(
      fc.property(rounds, ([before, all]) => {
        const { text: after, regions } = afterRounds(before, all);
        let rebuilt = "";
        let done = 0;
        for (const region of regions) {
          rebuilt += before.slice(done, region.before.start);
          expect(rebuilt.length).toBe(region.after.start);
          rebuilt += after.slice(region.after.start, region.after.end);
          done = region.before.end;
        }
        expect(rebuilt + before.slice(done)).toBe(after);
      }),
      { numRuns: 2000 },
    );
  });

  test("give a diff that makes the one text out of the other", () => {
    fc.assert(
      fc.property(rounds, ([before, all]) => {
        const { text: after, regions } = afterRounds(before, all);
        const diff = unifiedDiff(plain(before), plain(after), regions, []);
        if (before === after) expect(diff).toBe("");
        else expect(applyPatch(before, diff)).toBe(after);
      }),
      { numRuns: 2000 },
    );
  });

  test("keep secrets masked and line numbers right, wherever they begin and end", () => {
    const document = fc
      .array(
        fc.constantFrom("<b/>", "<password>CAN</password>", "<password>CAN\nAR\nY</password>", "<c>x</c>", "<key/>"),
        { maxLength: 12 },
      )
      .map((all) => `<a>\n${all.join("\n")}\n</a>\n`);
    fc.assert(
      fc.property(document, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (before, places) => {
        const starts = [...before.matchAll(/(?<=\n)(?=<)|(?<=<password>)(?=C)/g)].map(({ index }) => index);
        const chosen = [...new Set(places.map((place) => starts[place % starts.length] ?? 4))].sort((a, b) => a - b);
        const round = chosen.map((start) => ({ start, end: start, text: before[start] === "C" ? "CAN\n" : "<d/>\n" }));
        const { text: after, regions } = afterRounds(before, [round]);
        const diff = unifiedDiff(hidden(before), hidden(after), regions, []);
        expect(diff).not.toMatch(/CAN|AR/);
        for (const [, old = "", now = ""] of diff.matchAll(/^@@ -(\d+)\S* \+(\d+)/gm)) {
          const hunk = diff.slice(diff.indexOf(`@@ -${old}`));
          const line = /\n[ -](<[bcd]\/?>)/.exec(hunk)?.[1];
          expect(Number(old)).toBeLessThanOrEqual(before.split("\n").length);
          expect(Number(now)).toBeLessThanOrEqual(after.split("\n").length);
          if (line !== undefined) expect(before + after).toContain(line);
        }
      }),
      { numRuns: 500 },
    );
  });
});
