import { Flag, type XmlDocument } from "../parser/xml-document.ts";
import type { Source, Span } from "../source.ts";
import type { Dialect } from "./dialect.ts";

/**
 * One element as pfSense holds it after reading: a text, or children. Names are in lower case; list entries that are
 * empty do not exist; a text is decoded as pfSense decodes it (the *value* of the glossary).
 *
 * A tree comes from a file, or is made from others (what XMLRPC sync would write); it always knows the place in a file
 * that it came from.
 */
export abstract class Tree {
  abstract readonly name: string;
  /** The value of a leaf; empty for an element with children, and for an absent one. */
  abstract readonly text: string;
  abstract readonly children: readonly Tree[];
  /** False for an element that is not in the file: then it has neither text nor children. */
  abstract readonly present: boolean;
  abstract readonly source: Source;
  /** Where to point: the value; of an element with children or without a value, its open tag; absent, its parent's. */
  abstract readonly at: Span;
  /** The open tag; of an absent element, that of the nearest ancestor that is there. */
  abstract readonly open: Span;
  /** The element from `<` to the end of its close tag. */
  abstract readonly whole: Span;

  /** The first child of a name, or undefined. */
  get(name: string): Tree | undefined {
    return this.children.find((child) => child.name === name);
  }

  /** All children of a name, in file order. */
  list(name: string): readonly Tree[] {
    return this.children.filter((child) => child.name === name);
  }

  /** The first child of a name, or an absent tree in its place. */
  section(name: string): Tree {
    return this.get(name) ?? new AbsentTree(name, this);
  }

  /** The tree at a path such as `system/webgui`, absent if any step is. */
  path(path: string): Tree {
    return path.split("/").reduce<Tree>((tree, name) => tree.section(name), this);
  }

  /** The value of a child, empty if it is absent. */
  textOf(name: string): string {
    return this.get(name)?.text ?? "";
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get isLeaf(): boolean {
    return this.children.length === 0;
  }
}

/** An element that is not in the file, under the parent that would hold it. */
export class AbsentTree extends Tree {
  readonly name: string;
  readonly parent: Tree;
  readonly text = "";
  readonly children: readonly Tree[] = [];
  readonly present = false;

  constructor(name: string, parent: Tree) {
    super();
    this.name = name;
    this.parent = parent;
  }

  get source(): Source {
    return this.parent.source;
  }
  get at(): Span {
    return this.parent.open;
  }
  get open(): Span {
    return this.parent.open;
  }
  get whole(): Span {
    return this.parent.open;
  }
}

/** A tree that no file holds, made from one that does. */
export class MadeTree extends Tree {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Tree[];
  readonly present = true;
  /** The tree that this one was made from; its places are this one's. */
  readonly origin: Tree;

  constructor(name: string, value: string | readonly Tree[], origin: Tree) {
    super();
    this.name = name;
    this.text = typeof value === "string" ? value : "";
    this.children = typeof value === "string" ? [] : value;
    this.origin = origin;
  }

  get source(): Source {
    return this.origin.source;
  }
  get at(): Span {
    return this.origin.at;
  }
  get open(): Span {
    return this.origin.open;
  }
  get whole(): Span {
    return this.origin.whole;
  }
}

/** What all trees of one document share. */
export interface Reading {
  readonly document: XmlDocument;
  readonly dialect: Dialect;
  /** Lower-case names, by the document's name number. */
  readonly names: readonly string[];
  /** Whether a name is a list tag, by the same number. */
  readonly lists: readonly boolean[];
  /** By the same number, one for all names that are the same in lower case. */
  readonly fold: Int32Array;
  /** What `fold` gives to a lower-case name; undefined for a name that the document does not hold. */
  readonly folded: ReadonlyMap<string, number>;
}

export function readingOf(document: XmlDocument, dialect: Dialect): Reading {
  const names = document.names.map((name) => name.toLowerCase());
  const folded = new Map<string, number>();
  for (const name of names) if (!folded.has(name)) folded.set(name, folded.size);
  return {
    document,
    dialect,
    names,
    lists: names.map((name) => dialect.isList(name)),
    fold: Int32Array.from(names, (name) => folded.get(name) ?? 0),
    folded,
  };
}

/** More children than this are looked up by name in a map. */
const many = 32;

/** An element of a file. Children and text are read when first asked for. */
export class ElementTree extends Tree {
  readonly name: string;
  readonly present = true;
  readonly element: number;
  readonly reading: Reading;
  #children: readonly Tree[] | undefined;
  #text: string | undefined;
  /** Children that were asked for one by one, before all of them were. */
  #found: ElementTree[] | undefined;
  /** The first child of each name, of an element with many. */
  #firsts: Map<string, Tree> | undefined;

  constructor(reading: Reading, element: number) {
    super();
    this.reading = reading;
    this.element = element;
    this.name = reading.names[reading.document.nameId(element)] ?? "";
  }

  get source(): Source {
    return this.reading.document.source;
  }

  get text(): string {
    this.#text ??= elementText(this.reading, this.element) ?? "";
    return this.#text;
  }

  get children(): readonly Tree[] {
    this.#children ??= this.#readChildren();
    return this.#children;
  }

  #readChildren(): readonly Tree[] {
    const children: Tree[] = [];
    for (let child = this.#nextChild(undefined); child !== -1; child = this.#nextChild(child)) {
      children.push(this.#found?.find((tree) => tree.element === child) ?? new ElementTree(this.reading, child));
    }
    this.#found = undefined;
    return children;
  }

  /** The child behind another that pfSense keeps, or the first; -1 if there is none. */
  #nextChild(after: number | undefined): number {
    const { document, lists } = this.reading;
    if (after === undefined && elementText(this.reading, this.element) !== undefined) return -1;
    let child = after === undefined ? document.firstChild(this.element) : document.nextSibling(after);
    while (child !== -1 && lists[document.nameId(child)] && isEmpty(this.reading, child))
      child = document.nextSibling(child);
    return child;
  }

  /** The first child of a name, or -1. Most elements are asked for a few of their children only. */
  #find(name: string): number {
    const { document, fold, folded, lists } = this.reading;
    const id = folded.get(name);
    if (id === undefined) return -1;
    let child = document.named(document.firstChild(this.element), id, fold);
    while (child !== -1 && lists[document.nameId(child)] && isEmpty(this.reading, child)) {
      child = document.named(document.nextSibling(child), id, fold);
    }
    return child === -1 || elementText(this.reading, this.element) !== undefined ? -1 : child;
  }

  /** One tree for one element, however often it is asked for. */
  #tree(element: number): ElementTree {
    const known = this.#found?.find((tree) => tree.element === element);
    if (known) return known;
    const tree = new ElementTree(this.reading, element);
    this.#found ??= [];
    this.#found.push(tree);
    return tree;
  }

  override get(name: string): Tree | undefined {
    if (this.#firsts || this.element === 0) return this.#first(name);
    if (this.#children) return this.#children.length > many ? this.#first(name) : super.get(name);
    const child = this.#find(name);
    return child === -1 ? undefined : this.#tree(child);
  }

  /** As `get()`, of an element with many children, and of the root, which is asked most. */
  #first(name: string): Tree | undefined {
    if (!this.#firsts) {
      this.#firsts = new Map();
      for (const child of this.children) if (!this.#firsts.has(child.name)) this.#firsts.set(child.name, child);
    }
    return this.#firsts.get(name);
  }

  override has(name: string): boolean {
    return this.#find(name) !== -1;
  }

  override textOf(name: string): string {
    const child = this.#find(name);
    return child === -1 ? "" : (elementText(this.reading, child) ?? "");
  }

  override get isLeaf(): boolean {
    return this.#nextChild(undefined) === -1;
  }

  get at(): Span {
    const { document } = this.reading;
    if (document.firstChild(this.element) !== -1 || document.has(this.element, Flag.selfClosing)) return this.open;
    const value = valueRange(document, this.element);
    return this.source.span(value.start, value.end);
  }

  get open(): Span {
    const { document } = this.reading;
    return this.source.span(document.start(this.element), document.innerStart(this.element));
  }

  get whole(): Span {
    const { document } = this.reading;
    return this.source.span(document.start(this.element), document.end(this.element));
  }
}

/**
 * Whether two elements are written alike to the letter, and read in one way: then they hold the same, and nothing of them
 * need be read. False says nothing.
 */
export function writtenAlike(a: Tree, b: Tree): boolean {
  if (!(a instanceof ElementTree) || !(b instanceof ElementTree)) return false;
  if (a.reading.dialect.version !== b.reading.dialect.version) return false;
  const [one, other] = [a.whole, b.whole];
  if (one.end - one.start !== other.end - other.start) return false;
  return one.source.text.slice(one.start, one.end) === other.source.text.slice(other.start, other.end);
}

/** Whether an element is empty as pfSense sees it: no children, no text. */
export function isEmpty(reading: Reading, element: number): boolean {
  return reading.document.firstChild(element) === -1 && (elementText(reading, element) ?? "") === "";
}

/** The range of a leaf's value: without the white space that pfSense strips, inside CDATA if that is all there is. */
export function valueRange(document: XmlDocument, element: number): { start: number; end: number } {
  const { text } = document.source;
  let start = document.innerStart(element);
  let end = document.innerEnd(element);
  while (start < end && isStripped(text.charCodeAt(start))) start++;
  while (end > start && isStripped(text.charCodeAt(end - 1))) end--;
  if (text.startsWith("<![CDATA[", start) && text.indexOf("]]>", start) === end - 3)
    return { start: start + 9, end: end - 3 };
  if (start === end) return { start: document.innerStart(element), end: document.innerStart(element) };
  return { start, end };
}

/**
 * The text that pfSense's reader ends up with (`xmlparse.inc`, `cData()`): every piece of character data loses TAB, CR
 * and LF at its ends; a first piece of spaces only is dropped; in an element with children, text that is left after
 * the last child replaces them. CDATA is decoded once more.
 *
 * @returns undefined if the element keeps its children, or has neither children nor text
 */
export function elementText(reading: Reading, element: number): string | undefined {
  const { document, dialect } = reading;
  if (!document.has(element, Flag.text | Flag.spacedBreak | Flag.markup)) return undefined;
  if (!document.has(element, Flag.markup) && document.firstChild(element) === -1) {
    const text = strip(document.source.text.slice(document.innerStart(element), document.innerEnd(element)));
    return isSpaces(text) ? undefined : text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  }
  let value: string | undefined;
  let child = document.firstChild(element);
  for (const piece of document.pieces(element)) {
    while (child !== -1 && document.start(child) < piece.start) {
      value = undefined;
      child = document.nextSibling(child);
    }
    const text = strip(piece.text);
    if (value === undefined && isSpaces(text)) continue;
    value = (value ?? "") + (piece.kind === "cdata" ? dialect.decodeEntities(text) : text);
  }
  return child === -1 ? value : undefined;
}

/** Nearly every text is told apart by its first character. */
export const isSpaces = (text: string): boolean =>
  text === "" || (text.charCodeAt(0) === 32 && text.trim() === "" && /^ *$/.test(text));

/** What pfSense's reader leaves of a piece of text: without TAB, CR and LF at its ends. */
export function strip(text: string): string {
  if (text.charCodeAt(0) >= 32 && text.charCodeAt(text.length - 1) >= 32) return text;
  let start = 0;
  let end = text.length;
  while (start < end && isStripped(text.charCodeAt(start))) start++;
  while (end > start && isStripped(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

const isStripped = (code: number): boolean => code === 9 || code === 10 || code === 13;
