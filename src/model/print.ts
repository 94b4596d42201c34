import { fragment } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces.js";
import type { Edit } from "../diagnostic.ts";
import { Flag } from "../parser/xml-document.ts";
import type { Dialect } from "./dialect.ts";
import { type DraftEdit, escapeText, holdsSecret, type Insertion, type NewElement } from "./edit.ts";
import type { ElementTree } from "./tree.ts";

/** Edits as text: new elements are printed the way pfSense writes them, indented as their surroundings are. */
export const printEdits = (edits: readonly DraftEdit[]): readonly Edit[] =>
  edits.map((edit) => {
    if (!("element" in edit)) return edit;
    const printed = { at: edit.at, text: printInsertion(edit) };
    return holdsSecret(edit.element) ? { ...printed, secret: true } : printed;
  });

function printInsertion({ element, parent, after, dialect }: Insertion): string {
  const { source } = parent;
  const { eol } = source;
  const outer = indentOf(parent);
  const inner = after
    ? (indentOf(after) ?? undefined)
    : outer === undefined
      ? undefined
      : `${outer}${indentUnit(parent)}`;
  const lines = printElement(element, dialect).split("\n");
  if (inner === undefined) {
    const flat = lines.map((line) => line.trim()).join("");
    return after ? flat : wrap(parent, flat);
  }
  const unit = indentUnit(parent);
  const text = lines
    .map((line) => `${eol}${inner}${line.replace(/^\t+/, (tabs) => unit.repeat(tabs.length))}`)
    .join("");
  return after ? text : wrap(parent, `${text}${eol}${outer ?? ""}`);
}

/** Content for an empty parent; one written as `<a/>` needs its tags as well. */
function wrap(parent: ElementTree, content: string): string {
  const { document } = parent.reading;
  if (!document.has(parent.element, Flag.selfClosing)) return content;
  const name = document.name(parent.element);
  return `<${name}>${content}</${name}>`;
}

/** An element in pfSense's style: one TAB a level, `<x></x>` when empty, CDATA for its CDATA fields. */
export function printElement(element: NewElement, dialect: Dialect): string {
  const top = fragment();
  build(top, element, dialect);
  return top.end({ headless: true, prettyPrint: true, indent: "\t", newline: "\n", allowEmptyTags: true });
}

function build(parent: XMLBuilder, { name, value }: NewElement, dialect: Dialect): void {
  const element = parent.ele(name);
  if (typeof value !== "string") for (const child of value) build(element, child, dialect);
  else if (value !== "") {
    if (dialect.isCdata(name)) element.dat(dialect.encodeEntities(value));
    else element.txt(escapeText(value));
  }
}

/** The white space in front of an element that begins its line; undefined if something else stands before it. */
function indentOf(tree: ElementTree): string | undefined {
  const { source, start } = tree.whole;
  const { line } = source.position(start);
  const before = source.text.slice(source.lineStart(line), start);
  return before.trim() === "" ? before : undefined;
}

/** One level of indentation, from the element's own depth; pfSense's TAB where that does not tell. */
function indentUnit(tree: ElementTree): string {
  const { document } = tree.reading;
  let depth = 0;
  for (let i = tree.element; document.parent(i) !== -1; i = document.parent(i)) depth++;
  const indent = indentOf(tree) ?? "";
  const unit = depth > 0 ? indent.slice(0, indent.length / depth) : "";
  return unit !== "" && unit.repeat(depth) === indent ? unit : "\t";
}
