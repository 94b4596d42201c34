import type { Decoded } from "../parser/decode.ts";
import { parseXml } from "../parser/xml.ts";
import { Flag, type Piece, type XmlDocument } from "../parser/xml-document.ts";
import type { Span } from "../source.ts";
import { type Dialect, dialectOf } from "./dialect.ts";
import { ElementTree, elementText, isEmpty, isSpaces, type Reading, readingOf, strip } from "./tree.ts";

/** Why pfSense's own reader refuses a file, or loses part of it. */
export interface Fault {
  readonly kind: "not-well-formed" | "no-pfsense-root" | "root-is-text" | "duplicate-element" | "text-and-elements";
  readonly at: Span;
  readonly message: string;
  readonly help: string;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  /** False where pfSense loads the file all the same, without what the text replaced. */
  readonly refused: boolean;
  /** Below `installedpackages`, where packages may have registered the name as a list tag. */
  readonly packages: boolean;
  /** Where the text between elements is nothing but white space: all of it that is too much. */
  readonly blanks?: readonly Span[];
}

/** One file as pfSense would read it, as far as it can be read. */
export interface ReadConfig {
  readonly document: XmlDocument;
  readonly dialect: Dialect;
  /** `<pfsense>`, or undefined if there is no such root. */
  readonly root: ElementTree | undefined;
  /** In file order. */
  readonly faults: readonly Fault[];
}

export interface ReadOptions {
  /** Read as this config version does; by default, that of the file's own `<version>`. */
  readonly version?: string | undefined;
  /** The other node's document, which makes reading faster. */
  readonly twin?: XmlDocument | undefined;
}

/**
 * Reads a file as `xmlparse.inc` does.
 */
export function readConfig(decoded: Decoded, { version, twin }: ReadOptions = {}): ReadConfig {
  const document = parseXml(decoded.source, twin);
  const dialect = dialectOf(version ?? versionOf(document));
  const reading = readingOf(document, dialect);
  const faults: Fault[] = [...(decoded.fault ? [decoded.fault] : []), ...document.faults].map((fault) => ({
    kind: decoded.source.text === "" ? "no-pfsense-root" : "not-well-formed",
    ...fault,
    related: [],
    refused: true,
    packages: false,
  }));
  const root = rootOf(reading, faults);
  if (document.size > 0) checkElements(reading, faults);
  faults.sort((a, b) => a.at.start - b.at.start);
  return { document, dialect, root, faults };
}

/** `<version>` of a document that is not yet read in any dialect; empty if there is none. */
function versionOf(document: XmlDocument): string {
  const { text } = document.source;
  for (
    let child = document.root === -1 ? -1 : document.firstChild(0);
    child !== -1;
    child = document.nextSibling(child)
  ) {
    if (document.name(child).toLowerCase() !== "version") continue;
    return text.slice(document.innerStart(child), document.innerEnd(child)).trim();
  }
  return "";
}

function rootOf(reading: Reading, faults: Fault[]): ElementTree | undefined {
  const { document } = reading;
  if (document.root === -1) return undefined;
  const root = new ElementTree(reading, document.root);
  const fault = (kind: Fault["kind"], message: string, help: string): undefined => {
    faults.push({ kind, at: root.open, message, help, related: [], refused: true, packages: false });
    return undefined;
  };
  if (root.name !== "pfsense") {
    const found = root.name === "opnsense" ? "a configuration of OPNsense" : "another kind of file";
    return fault(
      "no-pfsense-root",
      `root element: expected <pfsense>, found <${root.name}>`,
      `export the configuration from pfSense; this is ${found}`,
    );
  }
  if (elementText(reading, document.root) !== undefined) {
    // Text behind the sections is found by checkMixed().
    if (document.firstChild(document.root) !== -1) return undefined;
    return fault("root-is-text", "root element: expected elements, found text", "export the configuration again");
  }
  if (isEmpty(reading, document.root)) {
    return fault(
      "no-pfsense-root",
      "root element: expected a configuration, found an empty <pfsense>",
      "export the configuration again",
    );
  }
  return root;
}

/** Repeated names and text between elements, in one pass over the document. */
function checkElements(reading: Reading, faults: Fault[]): void {
  const { document, fold, folded } = reading;
  const seenIn = new Int32Array(folded.size).fill(-1);
  const seenAs = new Int32Array(folded.size);
  let packagesEnd = -1;
  for (let parent = 0; parent < document.size; parent++) {
    const first = document.firstChild(parent);
    if (first === -1) continue;
    if (document.parent(parent) === 0 && reading.names[document.nameId(parent)] === "installedpackages") {
      packagesEnd = document.end(parent);
    }
    const packages = document.start(parent) < packagesEnd;
    for (let child = first; child !== -1; child = document.nextSibling(child)) {
      const nameId = document.nameId(child);
      if (reading.lists[nameId]) continue;
      const id = fold[nameId] ?? 0;
      if (seenIn[id] === parent) faults.push(duplicate(reading, child, seenAs[id] ?? child, packages));
      else {
        seenIn[id] = parent;
        seenAs[id] = child;
      }
    }
    if (document.has(parent, Flag.text | Flag.spacedBreak | Flag.markup)) checkMixed(reading, parent, faults, packages);
  }
}

function duplicate(reading: Reading, child: number, first: number, packages: boolean): Fault {
  const later = new ElementTree(reading, child);
  const { document } = reading;
  const parent = reading.names[document.nameId(document.parent(child))] ?? "";
  return {
    kind: "duplicate-element",
    at: later.open,
    message: `<${later.name}> in <${parent}>: expected one, found another`,
    help: "keep one of the two; pfSense refuses the whole file",
    related: [{ at: new ElementTree(reading, first).open, message: `the first <${later.name}>` }],
    refused: true,
    packages,
  };
}

/** At most one fault for each element, at the first text that pfSense would not skip. */
function checkMixed(reading: Reading, parent: number, faults: Fault[], packages: boolean): void {
  const { document } = reading;
  const { source } = document;
  let lastChild = document.firstChild(parent);
  for (let next = lastChild; next !== -1; next = document.nextSibling(next)) lastChild = next;
  const kept: Piece[] = [];
  for (const piece of document.pieces(parent)) {
    if (!isSpaces(strip(piece.text))) kept.push(piece);
  }
  const [first] = kept;
  if (first === undefined) return;
  const name = reading.names[document.nameId(parent)] ?? "";
  const blank = kept.every(({ kind, text }) => kind === "text" && text.trim() === "");
  const before = kept.some(({ start }) => start < document.start(lastChild));
  const found = blank ? "spaces on both sides of a line break" : "text";
  const { start, end } = trimmed(source.text, first, blank ? /^[\t\r\n]+/ : /^\s+/);
  faults.push({
    kind: "text-and-elements",
    at: source.span(start, end),
    message: `<${name}>: expected elements only, found ${found}${before ? " before an element" : ", which pfSense takes for the whole value"}`,
    help: blank
      ? "remove the spaces at the end of the line"
      : "remove the text; XML comments are skipped, and lost with the next save",
    related: [],
    refused: before || parent === document.root,
    packages,
    ...(blank && { blanks: kept.map((piece) => source.span(piece.start, piece.end)) }),
  });
}

/** A piece without white space at its ends; of one that is nothing else, the first run of spaces. */
function trimmed(text: string, { start, end }: Piece, leading: RegExp): { start: number; end: number } {
  const content = text.slice(start, end).replace(leading, "");
  const length = content.trimEnd().length || content.search(/[^ ]|$/);
  return { start: end - content.length, end: end - content.length + length };
}
