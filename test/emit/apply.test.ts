import { expect, test } from "vitest";
import type { Edit, Fix } from "../../src/diagnostic.ts";
import { applyEdits, compatible } from "../../src/emit/apply.ts";
import { Source } from "../../src/source.ts";

const source = new Source("a.xml", "0123456789");
const other = new Source("b.xml", "0123456789");
const edit = (start: number, end: number, text: string, entry = false, at = source): Edit => ({
  at: at.span(start, end),
  text,
  ...(entry && { entry: true }),
});
const fixOf = (...edits: Edit[]): { readonly fix: Fix } => ({ fix: { title: "", safe: true, edits } });

test("edits are made by place, insertions at one place in the order given", () => {
  expect(
    applyEdits(source, [
      edit(8, 9, "x"),
      edit(2, 2, "a"),
      edit(2, 4, "-"),
      edit(2, 2, "b"),
      edit(0, 1, "", false, other),
    ]),
  ).toBe("01ab-4567x9");
});

test("edits that overlap are refused", () => {
  expect(() => applyEdits(source, [edit(2, 5, ""), edit(4, 6, "")])).toThrow(RangeError);
  expect(() => applyEdits(source, [edit(2, 5, ""), edit(3, 3, "x")])).toThrow(RangeError);
});

test.for<[string, Edit, Edit, boolean]>([
  ["overlap", edit(2, 5, ""), edit(4, 6, ""), false],
  ["are the same", edit(2, 5, "x"), edit(2, 5, "x"), false],
  ["insert into what the other replaces", edit(2, 5, ""), edit(3, 3, "x"), false],
  ["insert at one place", edit(3, 3, "x"), edit(3, 3, "y"), false],
  ["insert one entry and one other element at one place", edit(3, 3, "x", true), edit(3, 3, "y"), false],
  ["insert entries at one place", edit(3, 3, "x", true), edit(3, 3, "y", true), true],
  ["begin at one place", edit(3, 3, "x", true), edit(3, 5, "y", true), false],
  ["touch", edit(2, 5, ""), edit(5, 6, ""), true],
  ["are in different files", edit(2, 5, ""), edit(2, 5, "", false, other), true],
])("fixes that %s", ([, one, two, together]) => {
  expect(compatible([fixOf(one), fixOf(two)])).toHaveLength(together ? 2 : 1);
  expect(compatible([fixOf(two), fixOf(one)])).toHaveLength(together ? 2 : 1);
});

test("two fixes that add the same entry are one", () => {
  const [first, same, another] = [edit(3, 3, "a", true), edit(3, 3, "a", true), edit(3, 3, "b", true)].map((one) =>
    fixOf(one),
  );
  expect(compatible([first!, same!, another!])).toEqual([first, another]);
});

test("a fix that collides is left out whole, and keeps nothing from others", () => {
  const [first, second, third] = [fixOf(edit(0, 1, "")), fixOf(edit(0, 1, ""), edit(5, 6, "")), fixOf(edit(5, 6, ""))];
  expect(compatible([first, second, third])).toEqual([first, third]);
});
