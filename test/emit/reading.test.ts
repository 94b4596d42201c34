import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit } from "../../src/diagnostic.ts";
import { applyEdits } from "../../src/emit/apply.ts";
import { disagreement, type Reading, strayChange } from "../../src/emit/reading.ts";
import { readAgain } from "../../src/emit/second-reader.ts";
import { readingOf } from "../../src/fix/verify.ts";
import { type Config, parseConfig } from "../../src/model/config.ts";
import { type DraftEdit, insert, insertBefore, remove, setText } from "../../src/model/edit.ts";
import { printEdits } from "../../src/model/print.ts";
import type { Tree } from "../../src/model/tree.ts";
import { decode } from "../../src/parser/decode.ts";
import { parseXml } from "../../src/parser/xml.ts";
import { Source } from "../../src/source.ts";
import { anyDocument, anyValue } from "../support/documents.ts";
import { configOf, small } from "../support/pair.ts";

const document = anyDocument()
  .map((bytes) => parseConfig(decode("config.xml", bytes)))
  .filter(({ faults }) => faults.length === 0);

const own = (text: string): Reading => readingOf(parseXml(new Source("config.xml", text)));

const leavesOf = (tree: Tree): readonly Tree[] => (tree.isLeaf ? [tree] : tree.children.flatMap(leavesOf));

/** Some edits that do not collide: one in each of up to three leaves. */
function editsIn({ tree }: Config, seeds: readonly number[], value: string): readonly Edit[] {
  const leaves = leavesOf(tree).filter(({ name }) => name !== "version");
  const chosen = new Set(seeds.map((seed) => leaves[seed % leaves.length] as Tree));
  const drafts = [...chosen].map((leaf, i): DraftEdit => {
    if (i === 0) return setText({ name: leaf.name, owner: leaf, tree: leaf }, value);
    if (i === 1) return remove(leaf);
    return i === 2 ? insert(leaf, { name: "new", value }) : insertBefore(leaf, { name: "newer", value });
  });
  return printEdits(drafts);
}

const apply = (config: Config, edits: readonly Edit[]): string | undefined => {
  try {
    return applyEdits(config.source, edits);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

describe("the two readers", () => {
  test("agree on any document", () => {
    fc.assert(
      fc.property(document, ({ source }) => {
        expect(disagreement(own(source.text), readAgain(source.text))).toBe(undefined);
      }),
      { numRuns: 1000 },
    );
  });

  test.for(["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"])(
    "agree on an element called %s",
    (name) => {
      const text = `<pfsense><${name}>a</${name}><x><${name}/></x></pfsense>`;
      expect(readAgain(text).map((element) => element.name)).toEqual(["pfsense", name, "x", name]);
      expect(disagreement(own(text), readAgain(text))).toBe(undefined);
    },
  );

  test("go equally deep", () => {
    const text = `<pfsense>${"<a>".repeat(255)}${"</a>".repeat(255)}</pfsense>`;
    expect(disagreement(own(text), readAgain(text))).toBe(undefined);
  });

  test.for([
    ["a name", "<a><b>1</b></a>", "<a><c>1</c></a>", 3],
    ["a value", "<a><b>1</b></a>", "<a><b>2</b></a>", 3],
    ["CDATA or text", "<a><b>            1</b></a>", "<a><b><![CDATA[1]]></b></a>", 3],
    ["how many there are", "<a><b>1</b></a>", "<a><b>1</b><b/></a>", 0],
    ["what is inside what", "<a><b></b><c></c></a>", "<a><b><c></c></b></a>", 3],
  ] as const)("are told to disagree about %s", ([, one, other, offset]) => {
    expect(disagreement(own(one), own(other))).toBe(offset);
  });
});

describe("edits", () => {
  test("change nothing outside themselves, as both readers see it", () => {
    fc.assert(
      fc.property(document, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), anyValue(), (config, seeds, value) => {
        const edits = editsIn(config, seeds, value);
        const text = apply(config, edits);
        fc.pre(text !== undefined);
        for (const read of [own, readAgain]) {
          expect(strayChange(read(config.source.text), read(text), edits)).toBe(undefined);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("do not hide a change elsewhere", () => {
    const config = configOf(small.secondary);
    const { text } = config.source;
    const hostname = config.tree.path("system/hostname");
    const edits = printEdits([setText({ name: "hostname", owner: hostname, tree: hostname }, "other")]);
    const after = applyEdits(config.source, edits);
    const before = own(text);
    expect(strayChange(before, own(after), edits)).toBe(undefined);
    const damaged: readonly [string, string, string][] = [
      ["a value", "<domain>brook.example</domain>", "<domain>creek.example</domain>"],
      ["a name", "<domain>brook.example</domain>", "<demain>brook.example</demain>"],
      ["an element less", "\t\t<domain>brook.example</domain>\n", ""],
      ["an element more", "</pfsense>", "<more></more></pfsense>"],
      ["a value that moved into CDATA", "<domain>brook.example</domain>", "<domain><![CDATA[brook.example]]></domain>"],
    ];
    for (const [what, find, put] of damaged) {
      expect(after.split(find), what).toHaveLength(2);
      expect(strayChange(before, own(after.replace(find, put)), edits), what).not.toBe(undefined);
    }
  });

  test("do not hide that they break the structure", () => {
    const { source, tree } = configOf("<pfsense><version>23.3</version><a><b>1</b></a><c>2</c></pfsense>");
    const value = tree.path("a/b").at;
    const edits: Edit[] = [{ at: value, text: "1</b></a><a2><b>" }];
    const after = applyEdits(source, edits);
    for (const read of [own, readAgain]) {
      const broken = after.replace("</b></a><c>", "</b></a2><c>");
      expect(strayChange(read(source.text), read(broken), edits)).not.toBe(undefined);
    }
  });
});
