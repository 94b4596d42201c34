import type { Edit } from "../diagnostic.ts";
import { Flag as XmlFlag } from "../parser/xml-document.ts";
import type { Span } from "../source.ts";
import type { Dialect } from "./dialect.ts";
import { isSecretName } from "./secret.ts";
import { AbsentTree, ElementTree, type Tree, valueRange } from "./tree.ts";

/** An element to be written: its name and its value, or its children. Values are pfSense's, not yet encoded. */
export interface NewElement {
  readonly name: string;
  readonly value: string | readonly NewElement[];
}

/** A new element and the place where it goes; `model/print.ts` turns it into an edit. */
export interface Insertion {
  readonly at: Span;
  readonly element: NewElement;
  /** The element that will hold it; it is in the file. */
  readonly parent: ElementTree;
  /** The sibling that it follows, or undefined in an empty parent. */
  readonly after: ElementTree | undefined;
  readonly dialect: Dialect;
}

/** What a rule proposes: finished text, or an element that is printed when somebody wants to see the edit. */
export type DraftEdit = Edit | Insertion;

/** A place for a value: a field, a flag or a secret. */
interface Slot {
  readonly name: string;
  readonly owner: Tree;
  readonly tree: Tree | undefined;
}

/** Gives a field a value, adding the element, and the elements around it, where they are absent. */
export function setText({ name, owner, tree }: Slot, value: string): DraftEdit {
  if (!(tree instanceof ElementTree)) return insert(owner, { name, value });
  const { document, dialect } = tree.reading;
  const { source, element } = tree;
  if (document.has(element, XmlFlag.selfClosing) || document.firstChild(element) !== -1) {
    const written = document.name(element);
    return guarded(name, tree.whole, `<${written}>${leafText(name, value, dialect)}</${written}>`);
  }
  const range = valueRange(document, element);
  const inCdata = source.text.startsWith("<![CDATA[", range.start - 9) && source.text.startsWith("]]>", range.end);
  const text = inCdata ? dialect.encodeEntities(value) : leafText(name, value, dialect);
  return guarded(name, source.span(range.start, range.end), text);
}

const guarded = (name: string, at: Span, text: string): Edit =>
  isSecretName(name) ? { at, text, secret: true } : { at, text };

/** Whether a new element, or one inside it, holds a value that no output shows. */
export const holdsSecret = ({ name, value }: NewElement): boolean =>
  typeof value === "string" ? value !== "" && isSecretName(name) : value.some(holdsSecret);

/** The raw text of a leaf as pfSense writes it: CDATA for its CDATA fields, encoded inside; nothing for an empty value. */
export function leafText(name: string, value: string, dialect: Dialect): string {
  if (value === "") return "";
  return dialect.isCdata(name) ? `<![CDATA[${dialect.encodeEntities(value)}]]>` : escapeText(value);
}

/**
 * Text outside CDATA. Non-ASCII characters stay as they are: up to 24.4 pfSense itself would write an HTML entity here,
 * which it then cannot read.
 */
export const escapeText = (value: string): string =>
  value.replace(
    /[&<>"']/g,
    (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character] ?? "&#039;",
  );

/** Adds an element behind the last child of a parent, or behind `after`; absent parents are added with it. */
export function insert(parent: Tree, element: NewElement, after?: Tree): Insertion {
  if (parent instanceof AbsentTree) return insert(parent.parent, { name: parent.name, value: [element] });
  if (!(parent instanceof ElementTree)) throw new TypeError(`<${parent.name}> is in no file`);
  const sibling = after ?? parent.children.at(-1);
  const previous = sibling instanceof ElementTree ? sibling : undefined;
  const { document, dialect } = parent.reading;
  const at = previous ? previous.source.span(previous.whole.end, previous.whole.end) : contentSpan(document, parent);
  return { at, element, parent, after: previous, dialect };
}

function contentSpan(document: ElementTree["reading"]["document"], parent: ElementTree): Span {
  if (document.has(parent.element, XmlFlag.selfClosing)) return parent.whole;
  return parent.source.span(document.innerStart(parent.element), document.innerEnd(parent.element));
}

/** Removes an element, and with it the line or lines that hold nothing else. */
export function remove(tree: Tree): Edit {
  const { source, start, end } = tree.whole;
  const { text } = source;
  let first = start;
  while (first > 0 && isBlank(text.charCodeAt(first - 1))) first--;
  let last = end;
  while (isBlank(text.charCodeAt(last))) last++;
  const startsLine = first === 0 || isBreak(text.charCodeAt(first - 1));
  if (!startsLine || !isBreak(text.charCodeAt(last))) return { at: tree.whole, text: "" };
  const lineEnd = text.startsWith("\r\n", last) ? last + 2 : last + 1;
  return { at: source.span(first, lineEnd), text: "" };
}

const isBlank = (code: number): boolean => code === 32 || code === 9;
const isBreak = (code: number): boolean => code === 10 || code === 13;

/** A tree as an element to be written elsewhere, with its values. */
export function toNewElement(tree: Tree): NewElement {
  return { name: tree.name, value: tree.isLeaf ? tree.text : tree.children.map(toNewElement) };
}
