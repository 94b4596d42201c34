import type { Edit } from "../diagnostic.ts";
import { isXmlChar, Flag as XmlFlag } from "../parser/xml-document.ts";
import type { Encoding, Source, Span } from "../source.ts";
import type { Dialect } from "./dialect.ts";
import { isSecretName } from "./secret.ts";
import { AbsentTree, ElementTree, elementText, isSpaces, strip, type Tree, valueRange } from "./tree.ts";

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
  /** The sibling that it follows, precedes or replaces; undefined in a parent without elements. */
  readonly beside: ElementTree | undefined;
  /** Whether it takes the place of that sibling. */
  readonly replaces?: true;
  readonly dialect: Dialect;
}

/** What a rule proposes: finished text, or an element that is printed when somebody wants to see the edit. */
export type DraftEdit = Edit | Insertion | ImpossibleEdit;

/** The place of a value that no XML file can hold: a fix that has such an edit cannot be offered. */
export interface ImpossibleEdit {
  readonly at: Span;
  readonly impossible: true;
}

/** A value that no XML file can hold was to be written. */
export class Unwritable extends RangeError {}

/** A place for a value: a field, a flag or a secret. */
interface Slot {
  readonly name: string;
  readonly owner: Tree;
  readonly tree: Tree | undefined;
}

/** Gives a field a value, adding the element, and the elements around it, where they are absent. */
export function setText({ name, owner, tree }: Slot, value: string): DraftEdit {
  if (tree === undefined || tree instanceof AbsentTree) return insert(owner, { name, value });
  const { document, dialect } = inFile(tree).reading;
  const { source, element } = inFile(tree);
  if (![...value].every(isWritable)) return { at: tree.at, impossible: true };
  const written = ownLineEnds(leafText(name, value, dialect, source.encoding), source);
  if (document.has(element, XmlFlag.selfClosing)) {
    const at = emptyTagEnd(source, document.end(element));
    return guarded(name, at, value === "" ? textAt(at) : `>${written}</${document.name(element)}>`);
  }
  if (value === "" || document.firstChild(element) !== -1) {
    return guarded(name, source.span(document.innerStart(element), document.innerEnd(element)), written);
  }
  const range = valueRange(document, element);
  const inCdata = source.text.startsWith("<![CDATA[", range.start - 9) && source.text.startsWith("]]>", range.end);
  const text = inCdata ? ownLineEnds(cdataText(value, dialect, source.encoding), source) : written;
  return guarded(name, source.span(range.start, range.end), text);
}

const guarded = (name: string, at: Span, text: string): Edit =>
  isSecretName(name) ? { at, text, secret: true } : { at, text };

const textAt = ({ source, start, end }: Span): string => source.text.slice(start, end);

/** The `/>` of an empty-element tag, with the white space before it. */
function emptyTagEnd(source: Source, end: number): Span {
  let start = end - 2;
  while (isSpace(source.text.charCodeAt(start - 1))) start--;
  return source.span(start, end);
}

/** A value holds LF alone; in a file, its line ends are those of the file. A raw CR is never part of a value. */
const ownLineEnds = (text: string, { eol }: Source): string => (eol === "\n" ? text : text.replaceAll("\n", eol));

/** Whether a new element, or one inside it, holds a value that no output shows. */
export const holdsSecret = ({ name, value }: NewElement): boolean =>
  (isSecretName(name) && value.length > 0) || (typeof value !== "string" && value.some(holdsSecret));

/** The raw text of a leaf as pfSense writes it: CDATA for its CDATA fields, encoded inside; nothing for an empty value. */
export function leafText(name: string, value: string, dialect: Dialect, encoding: Encoding): string {
  const { cdata, text } = encodeLeaf(name, value, dialect, encoding);
  return cdata ? `<![CDATA[${text}]]>` : text;
}

/** The character data of a leaf, and whether it stands in CDATA: also where a value would not survive outside it. */
export function encodeLeaf(
  name: string,
  value: string,
  dialect: Dialect,
  encoding: Encoding,
): { readonly cdata: boolean; readonly text: string } {
  if (value === "") return { cdata: false, text: "" };
  if (dialect.isCdata(name) || !survivesAsText(value, encoding)) {
    return { cdata: true, text: cdataText(value, dialect, encoding) };
  }
  return { cdata: false, text: references(dialect.encodeText(checked(value)), encoding) };
}

/** The content of a CDATA section: what pfSense strips or drops before it decodes is written as references. */
function cdataText(value: string, dialect: Dialect, encoding: Encoding): string {
  const text = dialect
    .encodeEntities(checked(value))
    .replace(/^[\t\n]+|(?<![\t\n])[\t\n]+$|\r/g, (blanks) => [...blanks].map(numeric).join(""));
  return references(/^ +$/.test(text) ? `${numeric(" ")}${text.slice(1)}` : text, encoding);
}

const numeric = (character: string): string => `&#${character.codePointAt(0)};`;

/**
 * Whether pfSense reads a value back that is written outside CDATA. It strips tabs and line ends from every run of
 * plain text, and a reference ends a run; it drops spaces that come first (`xmlparse.inc`, `cData()`).
 */
function survivesAsText(value: string, encoding: Encoding): boolean {
  const runs = value.split(/[&<>"']/).flatMap((run) => run.split(unencodable[encoding.name]));
  return !value.includes("\r") && !/^ +$/.test(runs[0] ?? "") && !runs.some((run) => /^[\t\n]|[\t\n]$/.test(run));
}

/** Characters that an encoding has no bytes for. */
const unencodable = {
  "utf-8": /(?!)/u,
  "iso-8859-1": /[\u{100}-\u{10ffff}]/u,
  "us-ascii": /[\u{80}-\u{10ffff}]/u,
} as const;

const references = (text: string, { name }: Encoding): string =>
  name === "utf-8" ? text : text.replace(new RegExp(unencodable[name], "gu"), numeric);

function checked(value: string): string {
  if (![...value].every(isWritable)) throw new Unwritable("a value holds a character that XML cannot");
  return value;
}

const isWritable = (character: string): boolean => isXmlChar(character.codePointAt(0) ?? 0);

/** Adds an element behind the last child of a parent, or behind `after`; absent parents are added with it. */
export function insert(parent: Tree, element: NewElement, after?: Tree): Insertion {
  if (parent instanceof AbsentTree) return insert(parent.parent, { name: parent.name, value: [element] });
  const holder = inFile(parent);
  const { reading, source } = holder;
  const { document, dialect } = reading;
  if (after === undefined || after instanceof AbsentTree) {
    const last = lastElement(holder);
    if (last) return { ...insert(parent, element, last) };
    return { at: contentSpan(holder), element, parent: holder, beside: undefined, dialect };
  }
  const beside = inFile(after);
  if (document.parent(beside.element) !== holder.element) throw new TypeError(`<${beside.name}> is in another element`);
  const end = document.end(beside.element);
  return { at: source.span(end, end), element, parent: holder, beside, dialect };
}

/** Adds an element in front of a sibling. */
export function insertBefore(sibling: Tree, element: NewElement): Insertion {
  const beside = inFile(sibling);
  const { reading, source } = beside;
  const { document, dialect } = reading;
  const start = document.start(beside.element);
  const parent = new ElementTree(reading, document.parent(beside.element));
  return { at: source.span(start, start), element, parent, beside, dialect };
}

/** Puts an element in the place of another. */
export function replace(tree: Tree, element: NewElement): Insertion {
  const beside = inFile(tree);
  const { reading, source } = beside;
  const { document, dialect } = reading;
  const parent = new ElementTree(reading, document.parent(beside.element));
  const at = source.span(document.start(beside.element), document.end(beside.element));
  return { at, element, parent, beside, dialect, replaces: true };
}

function inFile(tree: Tree): ElementTree {
  if (tree instanceof ElementTree) return tree;
  throw new TypeError(`<${tree.name}> is in no file`);
}

/** The last element inside a parent, empty list entries too; undefined where pfSense takes the parent for a text. */
function lastElement({ reading, element }: ElementTree): ElementTree | undefined {
  const { document } = reading;
  let last = document.firstChild(element);
  if (last === -1 || elementText(reading, element) !== undefined) return undefined;
  for (let next = last; next !== -1; next = document.nextSibling(next)) last = next;
  return new ElementTree(reading, last);
}

/** What the first element of a parent replaces: its white space or its text; behind comments it replaces nothing. */
function contentSpan({ reading, element, source }: ElementTree): Span {
  const { document } = reading;
  if (document.has(element, XmlFlag.selfClosing)) return emptyTagEnd(source, document.end(element));
  const start = document.innerStart(element);
  const end = document.innerEnd(element);
  if (elementText(reading, element) !== undefined) return source.span(start, end);
  let from = end;
  while (from > start && isSpace(source.text.charCodeAt(from - 1))) from--;
  return source.span(from, end);
}

/** Removes an element, and with it the line or lines that hold nothing else. */
export function remove(tree: Tree): Edit {
  const { source, element, reading } = inFile(tree);
  const { text } = source;
  const start = reading.document.start(element);
  const end = reading.document.end(element);
  let before = start;
  while (before > 0 && isSpace(text.charCodeAt(before - 1))) before--;
  let behind = end;
  while (isSpace(text.charCodeAt(behind))) behind++;
  const lines = lineRange(text, start, end);
  for (const [from, to] of [lines, [start, end], [start, behind]] as const) {
    if (isLayout(text.slice(before, from) + text.slice(to, behind))) return { at: source.span(from, to), text: "" };
  }
  return { at: source.span(before, behind), text: "" };
}

/** The lines of a range, with the line end behind it, if nothing else is on them; else the range. */
function lineRange(text: string, start: number, end: number): readonly [number, number] {
  let first = start;
  while (first > 0 && isBlank(text.charCodeAt(first - 1))) first--;
  let last = end;
  while (isBlank(text.charCodeAt(last))) last++;
  const startsLine = first === 0 || isBreak(text.charCodeAt(first - 1));
  if (!startsLine || !isBreak(text.charCodeAt(last))) return [start, end];
  return [first, text.startsWith("\r\n", last) ? last + 2 : last + 1];
}

/**
 * Whether white space between elements is nothing to pfSense. It strips tabs and line ends from the ends only, so that
 * a line end between two spaces is text, and text beside elements is refused.
 */
export const isLayout = (blanks: string): boolean => isSpaces(strip(blanks));

const isBlank = (code: number): boolean => code === 32 || code === 9;
const isBreak = (code: number): boolean => code === 10 || code === 13;
const isSpace = (code: number): boolean => isBlank(code) || isBreak(code);

/** Puts a leaf of another name in the place of an element. */
export function replaceByLeaf(tree: Tree, name: string, value: string): Edit {
  const { source, element, reading } = inFile(tree);
  const written = ownLineEnds(leafText(name, value, reading.dialect, source.encoding), source);
  const at = source.span(reading.document.start(element), reading.document.end(element));
  return guarded(name, at, `<${name}>${written}</${name}>`);
}

/** A tree as an element to be written elsewhere, with its values. */
export function toNewElement(tree: Tree): NewElement {
  return { name: tree.name, value: tree.isLeaf ? tree.text : tree.children.map(toNewElement) };
}
