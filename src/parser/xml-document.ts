import type { Source, Span } from "../source.ts";

/** Why a text is not an XML document, at the place where it stops being one. */
export interface XmlFault {
  readonly at: Span;
  /** What is wrong, in the grammar of messages: subject first, "expected …, found …", no full stop. */
  readonly message: string;
  /** What a person can do about it. */
  readonly help: string;
}

/** A run of character data directly inside one element. */
export interface Piece {
  /** `text` between markup, one `reference` such as `&amp;`, or the content of one CDATA section. */
  readonly kind: "text" | "reference" | "cdata";
  /** Raw range, without the CDATA brackets. */
  readonly start: number;
  readonly end: number;
  /** The text after XML's own decoding: references resolved, CDATA as it stands. */
  readonly text: string;
}

/** Numbers kept for each element, in one array so that a million elements are a few allocations. */
export const Slot = {
  parent: 0,
  firstChild: 1,
  nextSibling: 2,
  name: 3,
  /** Offset of `<`. */
  start: 4,
  /** Offset behind the `>` of the open tag. */
  innerStart: 5,
  /** Offset of the `<` of the close tag; of an empty-element tag, the same as `end`. */
  innerEnd: 6,
  /** Offset behind the element. */
  end: 7,
  flags: 8,
} as const;
export const slots = 9;

export const Flag = {
  /** Written as `<a/>`. */
  selfClosing: 1,
  /** Holds text that is more than white space, or a CDATA section that is not empty. */
  text: 2,
  /** Holds white space with a tab or line break between two spaces; readers that strip only the ends keep it. */
  spacedBreak: 4,
  /** Character data holds references, CDATA, comments or processing instructions: reading it takes more than a slice. */
  markup: 8,
  /** The close tag is missing; the element was ended where its parent ends, or at the end of the file. */
  unclosed: 16,
} as const;

/**
 * The lossless tree of one source: every element with the exact range of its tags and its content. Elements are
 * numbers, in document order; -1 means none. Text is read from the source when asked for.
 */
export class XmlDocument {
  readonly source: Source;
  /** The root element, or -1 if the text holds none. */
  readonly root: number;
  /** Number of elements. */
  readonly size: number;
  /** Element names as written, by name number. */
  readonly names: readonly string[];
  readonly faults: readonly XmlFault[];
  /** False if the rest of the file was not read, or tags are missing: then absence in the tree means nothing. */
  readonly complete: boolean;
  readonly #slots: Int32Array;

  constructor(
    source: Source,
    table: Int32Array,
    size: number,
    names: readonly string[],
    faults: readonly XmlFault[],
    complete: boolean,
  ) {
    this.source = source;
    this.root = size > 0 ? 0 : -1;
    this.size = size;
    this.names = names;
    this.faults = faults;
    this.complete = complete;
    this.#slots = table;
  }

  #get(element: number, slot: number): number {
    return this.#slots[element * slots + slot] ?? -1;
  }

  parent(element: number): number {
    return this.#get(element, Slot.parent);
  }
  firstChild(element: number): number {
    return this.#get(element, Slot.firstChild);
  }
  nextSibling(element: number): number {
    return this.#get(element, Slot.nextSibling);
  }
  /** Number of the name, an index into `names`. */
  nameId(element: number): number {
    return this.#get(element, Slot.name);
  }
  name(element: number): string {
    return this.names[this.nameId(element)] ?? "";
  }
  start(element: number): number {
    return this.#get(element, Slot.start);
  }
  innerStart(element: number): number {
    return this.#get(element, Slot.innerStart);
  }
  innerEnd(element: number): number {
    return this.#get(element, Slot.innerEnd);
  }
  end(element: number): number {
    return this.#get(element, Slot.end);
  }
  has(element: number, flag: number): boolean {
    return (this.#get(element, Slot.flags) & flag) !== 0;
  }

  /**
   * The first element, among one and its siblings behind it, of a name; -1 if there is none. This is asked for most, so it
   * walks the table itself.
   * @param name the number that `fold` gives to the name
   * @param fold numbers by name number, the same for names that count as one
   */
  named(from: number, name: number, fold: Int32Array): number {
    const table = this.#slots;
    let element = from;
    while (element !== -1 && fold[table[element * slots + Slot.name]!] !== name) {
      element = table[element * slots + Slot.nextSibling]!;
    }
    return element;
  }

  /** Number of elements inside an element; they are the ones that follow it. */
  descendants(element: number): number {
    let behind = -1;
    for (let up = element; behind === -1 && up !== -1; up = this.parent(up)) behind = this.nextSibling(up);
    return (behind === -1 ? this.size : behind) - element - 1;
  }

  /**
   * Writes what this table says of an element and those inside it into another one, all but their names, and the parent and
   * the next sibling of the element itself.
   * @param first its number there; those inside it follow it
   * @param shift what is added to offsets
   */
  copyTo(table: Int32Array, element: number, first: number, shift: number): void {
    const own = this.#slots;
    const count = this.descendants(element);
    const moved = first - element;
    for (let i = 0; i <= count; i++) {
      const from = (element + i) * slots;
      const to = (first + i) * slots;
      const child = own[from + Slot.firstChild]!;
      table[to + Slot.firstChild] = child === -1 ? -1 : child + moved;
      if (i > 0) {
        const next = own[from + Slot.nextSibling]!;
        table[to + Slot.nextSibling] = next === -1 ? -1 : next + moved;
        table[to + Slot.parent] = own[from + Slot.parent]! + moved;
      }
      table[to + Slot.start] = own[from + Slot.start]! + shift;
      table[to + Slot.innerStart] = own[from + Slot.innerStart]! + shift;
      table[to + Slot.innerEnd] = own[from + Slot.innerEnd]! + shift;
      table[to + Slot.end] = own[from + Slot.end]! + shift;
      table[to + Slot.flags] = own[from + Slot.flags]!;
    }
  }

  /** The innermost element at an offset, or -1 outside the root. */
  elementAt(offset: number): number {
    let element = this.lastStartingBy(offset);
    while (element !== -1 && this.end(element) <= offset) element = this.parent(element);
    return element;
  }

  /** The last element, in document order, that begins at or before an offset; -1 if none does. */
  lastStartingBy(offset: number): number {
    let low = -1;
    let high = this.size - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The character data directly inside an element, in order; comments and processing instructions left out. */
  *pieces(element: number): Generator<Piece> {
    const { text } = this.source;
    const end = this.innerEnd(element);
    let child = this.firstChild(element);
    let i = this.innerStart(element);
    while (i < end) {
      if (child !== -1 && i === this.start(child)) {
        i = this.end(child);
        child = this.nextSibling(child);
      } else if (text.startsWith("<![CDATA[", i)) {
        const close = text.indexOf("]]>", i + 9);
        const stop = close === -1 ? end : close;
        yield { kind: "cdata", start: i + 9, end: stop, text: normaliseLineEnds(text.slice(i + 9, stop)) };
        i = close === -1 ? end : close + 3;
      } else if (text.startsWith("<!--", i)) {
        i = after(text, "-->", i + 4, end);
      } else if (text.startsWith("<?", i)) {
        i = after(text, "?>", i + 2, end);
      } else if (text.charCodeAt(i) === 38) {
        const semicolon = text.indexOf(";", i);
        const decoded = semicolon === -1 || semicolon >= end ? undefined : reference(text, i, semicolon);
        const stop = decoded === undefined ? i + 1 : semicolon + 1;
        yield { kind: "reference", start: i, end: stop, text: decoded ?? "&" };
        i = stop;
      } else {
        let stop = i + 1;
        while (stop < end) {
          const code = text.charCodeAt(stop);
          if (code === 60 || code === 38) break;
          stop++;
        }
        yield { kind: "text", start: i, end: stop, text: normaliseLineEnds(text.slice(i, stop)) };
        i = stop;
      }
    }
  }
}

function after(text: string, mark: string, from: number, end: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 || found >= end ? end : found + mark.length;
}

/** XML 1.0, 2.11: a reader sees CR LF and a lone CR as LF. */
const normaliseLineEnds = (text: string): string => (text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text);

/** The five entities that XML itself declares. */
export const xmlEntities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * What `&…;` stands for in XML, or undefined if nothing.
 * @param start offset of `&`
 * @param semicolon offset of `;`
 */
export function reference(text: string, start: number, semicolon: number): string | undefined {
  if (semicolon - start > 12) return undefined;
  const name = text.slice(start + 1, semicolon);
  if (!name.startsWith("#")) return xmlEntities.get(name);
  const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  if (!digits) return undefined;
  const code = digits[1] === undefined ? Number.parseInt(digits[2] ?? "", 10) : Number.parseInt(digits[1], 16);
  return isXmlChar(code) ? String.fromCodePoint(code) : undefined;
}

/** XML 1.0, production 2. */
export const isXmlChar = (code: number): boolean =>
  code >= 0x20
    ? code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
    : code === 9 || code === 10 || code === 13;
