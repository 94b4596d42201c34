import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit } from "../../src/diagnostic.ts";
import { applyEdits } from "../../src/emit/apply.ts";
import { encode } from "../../src/emit/encode.ts";
import { type Config, parseConfig } from "../../src/model/config.ts";
import {
  type DraftEdit,
  insert,
  insertBefore,
  type NewElement,
  remove,
  setText,
  Unwritable,
} from "../../src/model/edit.ts";
import { Field } from "../../src/model/field.ts";
import { printEdits } from "../../src/model/print.ts";
import type { ElementTree, Tree } from "../../src/model/tree.ts";
import { decode } from "../../src/parser/decode.ts";
import { anyDocument, anyValue } from "../support/documents.ts";
import { configOf } from "../support/pair.ts";

/** What pfSense holds, as plain data that a test can change. */
interface Model {
  name: string;
  text: string;
  children: Model[];
  /** Elements inside it in the file, among them those that pfSense drops. */
  elements: number;
}

const modelOf = (tree: Tree): Model => ({
  name: tree.name,
  text: tree.text,
  children: tree.children.map(modelOf),
  elements: elementsIn(tree as ElementTree),
});

function elementsIn({ reading: { document }, element }: ElementTree): number {
  let count = 0;
  for (let child = document.firstChild(element); child !== -1; child = document.nextSibling(child)) count++;
  return count;
}

const fieldOf = (owner: Tree, name: string): Field<string> => new Field(owner, name, "text", (text) => text);

/** Makes edits, and checks on the way that all other bytes stay and that the outcome loads. */
function edited(before: Config, drafts: readonly DraftEdit[]): Config {
  const edits = printEdits(drafts);
  const text = applyEdits(before.source, edits);
  expectOutsideUntouched(before.source.text, text, edits);
  const bytes = encode(text, before.source.encoding);
  const after = parseConfig(decode("config.xml", bytes));
  expect(after.source.text).toBe(text);
  expect({ ...after.source.encoding, ascii: 0 }).toEqual({ ...before.source.encoding, ascii: 0 });
  expect(after.faults).toEqual([]);
  return after;
}

function expectOutsideUntouched(before: string, after: string, edits: readonly Edit[]): void {
  let from = 0;
  let to = 0;
  for (const { at, text } of [...edits].sort((a, b) => a.at.start - b.at.start)) {
    const kept = before.slice(from, at.start);
    expect(after.slice(to, to + kept.length)).toBe(kept);
    from = at.end;
    to += kept.length + text.length;
  }
  expect(after.slice(to)).toBe(before.slice(from));
}

/** Every element that pfSense holds, with the way to it. */
function* walk(tree: Tree, way: readonly number[] = []): Generator<{ tree: Tree; way: readonly number[] }> {
  yield { tree, way };
  for (const [i, child] of tree.children.entries()) yield* walk(child, [...way, i]);
}

const follow = (model: Model, way: readonly number[]): Model =>
  way.reduce((parent, i) => parent.children[i] as Model, model);

const pick = <T>(items: readonly T[], at: number): T => items[at % items.length] as T;

const lists = ["vip", "rule", "user"];

/** pfSense holds no list entries that are empty. */
function held(model: Model): unknown {
  const children = model.children.filter(
    ({ name, text, elements }) => !lists.includes(name) || text !== "" || elements > 0,
  );
  return { name: model.name, text: model.text, children: children.map(held) };
}

const expectHeld = (tree: Tree, expected: Model): void => expect(held(modelOf(tree))).toEqual(held(expected));

const newElement = (): fc.Arbitrary<NewElement> =>
  fc.letrec<{ element: NewElement }>((tie) => ({
    element: fc.oneof(
      { maxDepth: 2 },
      fc.record({ name: fc.constantFrom("new", "descrnew", "passwordnew"), value: anyValue() }),
      fc.record({
        name: fc.constantFrom("vip", "newsection"),
        value: fc.array(tie("element"), { maxLength: 3 }).map((items) => {
          const names = new Set<string>();
          return items.filter(({ name }) => lists.includes(name) || (!names.has(name) && names.add(name)));
        }),
      }),
    ),
  })).element;

const modelOfNew = ({ name, value }: NewElement): Model =>
  typeof value === "string"
    ? { name, text: value, children: [], elements: 0 }
    : { name, text: "", children: value.map(modelOfNew), elements: value.length };

describe("in any document that loads", () => {
  const document = anyDocument()
    .map((bytes) => parseConfig(decode("config.xml", bytes)))
    .filter(({ faults }) => faults.length === 0);

  test("setText gives one field one value", () => {
    fc.assert(
      fc.property(document, fc.nat(), anyValue(), (before, at, value) => {
        const leaves = [...walk(before.tree)].filter(
          ({ tree, way }) => way.length > 0 && tree.isLeaf && tree.name !== "version",
        );
        fc.pre(leaves.length > 0);
        const { tree, way } = pick(leaves, at);
        const expected = modelOf(before.tree);
        Object.assign(follow(expected, way), { text: value, elements: 0 });
        const after = edited(before, [setText({ name: tree.name, owner: tree, tree }, value)]);
        expectHeld(after.tree, expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("insert adds one element behind the last, or behind a sibling, or before one", () => {
    fc.assert(
      fc.property(document, fc.nat(), newElement(), fc.nat(2), fc.nat(), (before, at, element, how, which) => {
        const parents = [...walk(before.tree)].filter(({ tree }) => tree.name !== "version" && !tree.has(element.name));
        const { tree, way } = pick(parents, at);
        const siblings = tree.children;
        const expected = modelOf(before.tree);
        const holder = follow(expected, way);
        holder.text = "";
        holder.elements++;
        const made = modelOfNew(element);
        const i = siblings.length === 0 ? -1 : which % siblings.length;
        let draft: DraftEdit;
        if (how === 0 || i === -1) {
          draft = insert(tree, element);
          holder.children.push(made);
        } else if (how === 1) {
          draft = insert(tree, element, siblings[i]);
          holder.children.splice(i + 1, 0, made);
        } else {
          draft = insertBefore(siblings[i] as Tree, element);
          holder.children.splice(i, 0, made);
        }
        const after = edited(before, [draft]);
        expectHeld(after.tree, expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("remove takes one element away", () => {
    fc.assert(
      fc.property(document, fc.nat(), (before, at) => {
        const all = [...walk(before.tree)].filter(({ tree, way }) => way.length > 0 && tree.name !== "version");
        const { tree, way } = pick(all, at);
        const expected = modelOf(before.tree);
        const holder = follow(expected, way.slice(0, -1));
        holder.children.splice(way.at(-1) as number, 1);
        holder.elements--;
        const after = edited(before, [remove(tree)]);
        expectHeld(after.tree, expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("a field that was absent comes with the elements around it, however many fields one fix sets", () => {
    fc.assert(
      fc.property(document, anyValue(), anyValue(), (before, first, second) => {
        const absent = before.tree.path("newsection/inner");
        const after = edited(before, [
          setText(fieldOf(absent, "one"), first),
          setText(fieldOf(absent, "two"), second),
          setText(fieldOf(before.tree.section("newsection"), "three"), first),
        ]);
        const made = after.tree.path("newsection");
        expect(made.children.map(({ name }) => name)).toEqual(["inner", "three"]);
        expect(made.path("inner/one").text).toBe(first);
        expect(made.path("inner/two").text).toBe(second);
        expect(made.textOf("three")).toBe(first);
      }),
      { numRuns: 500 },
    );
  });
});

const wrapped = (inside: string): string => `<pfsense>\n\t<version>23.3</version>\n${inside}</pfsense>\n`;

describe("writes as pfSense does", () => {
  const section = (before: Config): Tree => before.tree.section("hasync");

  test.for<[string, string, (before: Config) => DraftEdit, string]>([
    [
      "a value beside an attribute and white space",
      '\t<hasync><a note="1"> 10 </a></hasync>\n',
      (before) => setText(fieldOf(section(before), "a"), "11"),
      '\t<hasync><a note="1">11</a></hasync>\n',
    ],
    [
      "into CDATA, encoded once more",
      "\t<hasync><descr><![CDATA[x]]></descr></hasync>\n",
      (before) => setText(fieldOf(section(before), "descr"), "Küche & Bad"),
      "\t<hasync><descr><![CDATA[K&uuml;che &amp; Bad]]></descr></hasync>\n",
    ],
    [
      "CDATA into an empty CDATA field",
      "\t<hasync><descr></descr></hasync>\n",
      (before) => setText(fieldOf(section(before), "descr"), "x"),
      "\t<hasync><descr><![CDATA[x]]></descr></hasync>\n",
    ],
    [
      "an empty field without CDATA",
      "\t<hasync><descr><![CDATA[x]]></descr></hasync>\n",
      (before) => setText(fieldOf(section(before), "descr"), ""),
      "\t<hasync><descr></descr></hasync>\n",
    ],
    [
      "a value into an empty tag, its name as written",
      "\t<hasync><PfHostId /></hasync>\n",
      (before) => setText(fieldOf(section(before), "pfhostid"), "b"),
      "\t<hasync><PfHostId>b</PfHostId></hasync>\n",
    ],
    [
      "elements into an empty tag",
      "\t<hasync/>\n",
      (before) => insert(section(before), { name: "pfhostid", value: "b" }),
      "\t<hasync>\n\t\t<pfhostid>b</pfhostid>\n\t</hasync>\n",
    ],
    [
      "elements in the indentation of their sibling",
      "  <hasync>\n    <a>1</a>\n  </hasync>\n",
      (before) => insert(section(before), { name: "b", value: [{ name: "c", value: "2" }] }),
      "  <hasync>\n    <a>1</a>\n    <b>\n      <c>2</c>\n    </b>\n  </hasync>\n",
    ],
    [
      "elements on the line of their sibling",
      "\t<hasync><a>1</a></hasync>\n",
      (before) => insert(section(before), { name: "b", value: [{ name: "c", value: "2" }] }),
      "\t<hasync><a>1</a><b><c>2</c></b></hasync>\n",
    ],
    [
      "elements behind a comment that an empty parent holds",
      "\t<hasync><!-- none -->\n\t</hasync>\n",
      (before) => insert(section(before), { name: "a", value: "1" }),
      "\t<hasync><!-- none -->\n\t\t<a>1</a>\n\t</hasync>\n",
    ],
    [
      "a value of several lines as it is",
      "\t<hasync>\n\t\t<a>1</a>\n\t</hasync>\n",
      (before) => insert(section(before), { name: "descr", value: "one\n  two" }),
      "\t<hasync>\n\t\t<a>1</a>\n\t\t<descr><![CDATA[one\n  two]]></descr>\n\t</hasync>\n",
    ],
    [
      "CDATA where a value would not survive outside it",
      "\t<hasync>\n\t\t<a>1</a>\n\t</hasync>\n",
      (before) => setText(fieldOf(section(before), "a"), "\t1"),
      "\t<hasync>\n\t\t<a><![CDATA[&#9;1]]></a>\n\t</hasync>\n",
    ],
    [
      "nothing in the place of a line",
      "\t<hasync>\n\t\t<a>1</a>\n\t\t<b>2</b>\n\t</hasync>\n",
      (before) => remove(section(before).section("a")),
      "\t<hasync>\n\t\t<b>2</b>\n\t</hasync>\n",
    ],
    [
      "nothing that turns white space into text",
      "\t<hasync>  <a>1</a>\t <b>2</b>\n\t</hasync>\n",
      (before) => remove(section(before).section("a")),
      "\t<hasync>  <b>2</b>\n\t</hasync>\n",
    ],
  ])("%s", ([, content, draft, expected]) => {
    const before = configOf(wrapped(content));
    expect(edited(before, [draft(before)]).source.text).toBe(wrapped(expected));
    const crlf = configOf(wrapped(content).replaceAll("\n", "\r\n"));
    expect(edited(crlf, [draft(crlf)]).source.text).toBe(wrapped(expected).replaceAll("\n", "\r\n"));
  });

  test("a character that the encoding has no byte for, as a reference", () => {
    const bytes = Buffer.from(
      '<?xml version="1.0" encoding="iso-8859-1"?><pfsense><a>\xe9</a><descr>x</descr></pfsense>',
      "latin1",
    );
    const before = parseConfig(decode("config.xml", bytes));
    const after = edited(before, [
      setText(fieldOf(before.tree, "a"), "é東"),
      setText(fieldOf(before.tree, "descr"), "東"),
    ]);
    expect(after.source.text).toContain("<a>é&#26481;</a><descr><![CDATA[&#26481;]]></descr>");
  });

  test("no secret without a mark that it is one", () => {
    const before = configOf(wrapped("\t<hasync><password>a</password></hasync>\n"));
    const edits = printEdits([
      setText(fieldOf(section(before), "password"), "b"),
      insert(section(before), { name: "user", value: [{ name: "bcrypt-hash", value: "c" }] }),
      insert(
        section(before),
        { name: "user", value: [{ name: "name", value: "c" }] },
        section(before).section("password"),
      ),
    ]);
    expect(edits.map(({ secret }) => secret)).toEqual([true, true]);
  });

  test("refuses what is in no file", () => {
    const before = configOf(wrapped("\t<hasync><a>1</a></hasync>\n"));
    expect(() => remove(before.tree.section("absent"))).toThrow(TypeError);
    expect(() => insert(before.tree, { name: "b", value: "1" }, section(before).section("a"))).toThrow(TypeError);
    const impossible = setText(fieldOf(section(before), "a"), "\u0001");
    expect(impossible).toMatchObject({ impossible: true });
    expect(() => printEdits([impossible])).toThrow(Unwritable);
    expect(() => printEdits([setText(fieldOf(before.tree, "b"), "\u0001")])).toThrow(Unwritable);
    expect(() =>
      printEdits([setText(fieldOf(before.tree, "b"), "1"), setText(fieldOf(before.tree, "b"), "2")]),
    ).toThrow(TypeError);
  });
});

test("a file of 5 MB keeps every byte outside the edits", () => {
  const rules = Array.from(
    { length: 20_000 },
    (_, i) =>
      `\t\t<rule>\n\t\t\t<tracker>${i}</tracker>\n\t\t\t<descr><![CDATA[Nr. ${i} &eacute;]]></descr>\n\t\t\t<type>pass</type>\n\t\t\t<interface>lan</interface><source><any></any></source>\n\t\t\t<x>${"y".repeat(80)}</x>\n\t\t</rule>\n`,
  );
  const before = configOf(wrapped(`\t<filter>\n${rules.join("")}\t</filter>\n\t<hasync>\n\t\t<a>1</a>\n\t</hasync>\n`));
  expect(before.source.text.length).toBeGreaterThan(5_000_000);
  const entries = before.tree.section("filter").children;
  const after = edited(before, [
    setText(fieldOf(entries[7] as Tree, "type"), "block"),
    remove(entries[9_999] as Tree),
    insert(before.tree.section("filter"), { name: "rule", value: [{ name: "tracker", value: "x" }] }),
  ]);
  expect(after.tree.section("filter").children.length).toBe(20_000);
});
