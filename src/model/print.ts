import { fragment } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces.js";
import type { Edit } from "../diagnostic.ts";
import { Flag } from "../parser/xml-document.ts";
import type { Encoding } from "../source.ts";
import type { Dialect } from "./dialect.ts";
import {
  type DraftEdit,
  encodeLeaf,
  holdsSecret,
  type Insertion,
  isLayout,
  type NewElement,
  Unwritable,
} from "./edit.ts";
import type { ElementTree } from "./tree.ts";

/**
 * The edits of one fix as text. New elements are printed the way pfSense writes them, indented as their surroundings
 * are; those that go to one place become one edit, and parents that several of them bring along become one parent.
 * @throws Unwritable
 */
export function printEdits(edits: readonly DraftEdit[]): readonly Edit[] {
  const places = new Map<string, Insertion[]>();
  const result: (Edit | readonly Insertion[])[] = [];
  for (const edit of edits) {
    if ("impossible" in edit) throw new Unwritable("a value holds a character that XML cannot");
    if (!("element" in edit)) {
      result.push(edit);
      continue;
    }
    const key = `${edit.at.source.path}\n${edit.at.start}\n${edit.at.end}\n${edit.beside?.element}`;
    const known = places.get(key);
    if (known) known.push(edit);
    else {
      const place = [edit];
      places.set(key, place);
      result.push(place);
    }
  }
  return result.map((edit) => ("text" in edit ? edit : printPlace(edit)));
}

function printPlace(insertions: readonly Insertion[]): Edit {
  const [first] = insertions;
  if (!first) throw new TypeError("nothing to insert");
  const { at, beside, dialect } = first;
  const elements = merge(
    insertions.map(({ element }) => element),
    dialect,
  );
  return {
    at,
    text: printInsertion(first, elements),
    ...(elements.some(holdsSecret) && { secret: true }),
    ...(beside && !first.replaces && elements.every(({ name }) => dialect.isList(name)) && { entry: true }),
  };
}

/** Elements that may not repeat become one, with the children of all. */
function merge(elements: readonly NewElement[], dialect: Dialect): readonly NewElement[] {
  const merged = new Map<string | NewElement, NewElement>();
  for (const element of elements) {
    const key = dialect.isList(element.name) ? element : element.name;
    const earlier = merged.get(key);
    if (!earlier) merged.set(key, element);
    else if (typeof earlier.value === "string" || typeof element.value === "string") {
      throw new TypeError(`one fix gives <${element.name}> two values`);
    } else merged.set(key, { name: element.name, value: [...earlier.value, ...element.value] });
  }
  return [...merged.values()].map(({ name, value }) => ({
    name,
    value: typeof value === "string" ? value : merge(value, dialect),
  }));
}

function printInsertion({ at, parent, beside, dialect, replaces }: Insertion, elements: readonly NewElement[]): string {
  const { source } = parent;
  const { eol, encoding } = source;
  const lines = elements.flatMap((element) => printLines(element, dialect, encoding));
  const outer = indentOf(parent);
  const unit = indentUnit(parent, outer, beside && indentOf(beside));
  const inner = beside ? indentOf(beside) : outer === undefined ? undefined : outer + unit;
  const indented = lines.map((line) => line.replace(/^\t+/, (tabs) => unit.repeat(tabs.length)));
  const layout = inner !== undefined && indented.every((line) => isLayout(`\n${inner}${/^[\t ]*/.exec(line)?.[0]}`));
  const finished = (layout ? indented : lines.map((line) => line.trimStart())).map((line) =>
    line.replaceAll(valueBreak, eol),
  );
  if (!layout) return beside ? finished.join("") : wrap(parent, finished.join(""));
  if (replaces) return finished.join(`${eol}${inner}`);
  if (!beside) return wrap(parent, `${finished.map((line) => `${eol}${inner}${line}`).join("")}${eol}${outer ?? ""}`);
  const before = at.start < beside.whole.end;
  return finished.map((line) => (before ? `${line}${eol}${inner}` : `${eol}${inner}${line}`)).join("");
}

/** Content for a parent without elements; one written as `<a/>` needs its tags as well. */
function wrap(parent: ElementTree, content: string): string {
  const { document } = parent.reading;
  if (!document.has(parent.element, Flag.selfClosing)) return content;
  return `>${content}</${document.name(parent.element)}>`;
}

/** Stands for a line end inside a value, so that lines of the printed text are lines of elements. No value holds it. */
const valueBreak = "\r";

/** An element in pfSense's style: one TAB a level, `<x></x>` when empty, CDATA for its CDATA fields. */
export const printElement = (element: NewElement, dialect: Dialect): string =>
  printLines(element, dialect, { name: "utf-8", bom: false, reversible: true }).join("\n").replaceAll(valueBreak, "\n");

function printLines(element: NewElement, dialect: Dialect, encoding: Encoding): readonly string[] {
  const top = fragment();
  build(top, element, dialect, encoding);
  const options = { headless: true, prettyPrint: true, indent: "\t", newline: "\n", allowEmptyTags: true };
  return top.end(options).split("\n");
}

function build(parent: XMLBuilder, { name, value }: NewElement, dialect: Dialect, encoding: Encoding): void {
  const element = parent.ele(name);
  if (typeof value !== "string") {
    for (const child of value) build(element, child, dialect, encoding);
    return;
  }
  const leaf = encodeLeaf(name, value, dialect, encoding);
  const text = leaf.text.replaceAll("\n", valueBreak);
  if (leaf.cdata) element.dat(text);
  else if (text !== "") element.txt(text);
}

/** The white space in front of an element that begins its line; undefined if something else stands before it. */
function indentOf(tree: ElementTree): string | undefined {
  const { source, start } = tree.whole;
  const { line } = source.position(start);
  const before = source.text.slice(source.lineStart(line), start);
  return before.trim() === "" ? before : undefined;
}

/** One level of indentation: what a child has more than its parent, else the parent's share; a TAB if neither tells. */
function indentUnit(parent: ElementTree, outer: string | undefined, child: string | undefined): string {
  if (child !== undefined && outer !== undefined && child.startsWith(outer) && child !== outer) {
    return child.slice(outer.length);
  }
  const { document } = parent.reading;
  let depth = 0;
  for (let i = parent.element; document.parent(i) !== -1; i = document.parent(i)) depth++;
  const unit = depth > 0 && outer ? outer.slice(0, outer.length / depth) : "";
  return unit !== "" && unit.repeat(depth) === outer ? unit : "\t";
}
