import type { Source } from "../source.ts";
import { Flag, reference, Slot, slots, XmlDocument, type XmlFault } from "./xml-document.ts";

/** Deepest nesting that is read; libxml2, which pfSense reads with, has the same limit. */
export const maxDepth = 256;

/** After this many faults the rest is not read: what follows a broken place is seldom a second mistake. */
const maxFaults = 20;

/**
 * Reads a text as XML 1.0, strictly: whatever is not well-formed is a fault at its place, and reading goes on as far
 * as the rest makes sense. Never throws; time and memory grow with the length of the text alone. A document type is
 * accepted if it declares nothing, and refused otherwise: nothing is expanded or fetched.
 *
 * @param twin a document that shares much of its text, such as the other node's; what is the same to the letter is taken
 *   over from it. The result is the same with and without.
 */
export function parseXml(source: Source, twin?: XmlDocument): XmlDocument {
  return new Scanner(source, twin).document();
}

class Scanner {
  readonly #source: Source;
  readonly #text: string;
  readonly #names = new Names();
  readonly #faults: XmlFault[] = [];
  #slots = new Int32Array(slots * 1024);
  #size = 0;
  /** Open elements, outermost first, and the last child of each so far. */
  readonly #open: number[] = [];
  readonly #lastChild: number[] = [];
  #rootEnd = -1;
  #stopped = false;
  #complete = true;
  readonly #twin: Twin | undefined;

  constructor(source: Source, twin: XmlDocument | undefined) {
    this.#source = source;
    this.#text = source.text;
    this.#twin = twin && twin.faults.length === 0 && twin.complete ? new Twin(twin) : undefined;
  }

  document(): XmlDocument {
    this.#scan();
    return new XmlDocument(this.#source, this.#slots, this.#size, this.#names.list, this.#faults, this.#complete);
  }

  #fault(start: number, end: number, message: string, help: string): void {
    if (this.#stopped) return;
    const limit = this.#text.length;
    this.#faults.push({
      at: this.#source.span(Math.min(start, limit), Math.min(Math.max(start, end), limit)),
      message,
      help,
    });
    if (this.#faults.length >= maxFaults) {
      this.#stopped = true;
      this.#complete = false;
    }
  }

  #stop(start: number, end: number, message: string, help: string): void {
    this.#fault(start, end, message, help);
    this.#stopped = true;
    this.#complete = false;
  }

  #scan(): void {
    const text = this.#text;
    const length = text.length;
    let i = this.#prologue();
    while (i < length && !this.#stopped) {
      if (this.#open.length > 0 && this.#open.length < maxDepth) {
        usualLeaf.lastIndex = i;
        if (usualLeaf.test(text)) {
          this.#leaf(text.indexOf("<", i), usualLeaf.lastIndex);
          i = usualLeaf.lastIndex;
          continue;
        }
      }
      if (text.charCodeAt(i) !== 60) {
        i = this.#characters(i);
        continue;
      }
      if (this.#open.length === 1 && this.#twin) {
        const end = this.#copy(i, this.#twin);
        if (end !== -1) {
          i = end;
          continue;
        }
      }
      const next = text.charCodeAt(i + 1);
      if (next === 47) i = this.#closeTag(i);
      else if (next === 33) i = this.#declaration(i);
      else if (next === 63) i = this.#instruction(i);
      else if (isNameStart(next, text, i + 1)) i = this.#openTag(i);
      else i = this.#strayLessThan(i);
    }
    this.#finish(Math.min(i, length));
  }

  /** Checks what only the beginning of a file may hold. Returns the offset where reading starts. */
  #prologue(): number {
    const text = this.#text;
    if (text.trim() === "") {
      this.#stop(0, 0, "the file is empty", "export the configuration again (Diagnostics > Backup & Restore)");
      return text.length;
    }
    const first = firstNonBlank(text);
    if (text.startsWith("---- BEGIN", first)) {
      this.#stop(
        first,
        lineEnd(text, first),
        "the file is an encrypted backup",
        "export it again with encryption turned off, or decrypt it first",
      );
      return text.length;
    }
    const head = text.slice(first, first + 64).toLowerCase();
    if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
      this.#stop(
        first,
        lineEnd(text, first),
        "the file is a web page, not a configuration",
        "log in and export it again; a session that has ended gets the login page",
      );
      return text.length;
    }
    if (text.startsWith("<?xml", 0) && isSpace(text.charCodeAt(5))) return this.#xmlDeclaration();
    if (text.charCodeAt(first) !== 60) {
      const start = text.indexOf("<", first);
      this.#fault(
        first,
        lineEnd(text, first),
        "text before the XML: expected the file to begin with <?xml or <pfsense>",
        "remove everything before the XML declaration",
      );
      if (start === -1) {
        this.#stopped = true;
        return text.length;
      }
      return text.startsWith("<?xml", start) && isSpace(text.charCodeAt(start + 5)) ? after(text, "?>", start) : start;
    }
    return 0;
  }

  #xmlDeclaration(): number {
    const text = this.#text;
    const close = text.indexOf("?>");
    if (close === -1) {
      this.#stop(
        0,
        5,
        "the XML declaration is not closed: expected ?>",
        "export it again; the file was cut short or edited",
      );
      return text.length;
    }
    const declaration = text.slice(5, close);
    if (!xmlDeclaration.test(declaration)) {
      this.#fault(
        0,
        close + 2,
        'the XML declaration is malformed: expected <?xml version="1.0"?>',
        'write <?xml version="1.0"?>',
      );
    }
    return close + 2;
  }

  #characters(start: number): number {
    const text = this.#text;
    const length = text.length;
    const element = this.#open.at(-1);
    if (element === undefined) return this.#outsideRoot(start);
    let i = start;
    let flags = 0;
    // White space runs are the common case: see at once whether one could be kept by a reader that strips the ends.
    let spaceSeen = false;
    let breakAfterSpace = false;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code === 60) break;
      if (code === 32) {
        if (breakAfterSpace) flags |= Flag.spacedBreak;
        spaceSeen = true;
      } else if (code === 10 || code === 9 || code === 13) {
        if (spaceSeen) breakAfterSpace = true;
      } else {
        flags |= Flag.text;
        break;
      }
    }
    if (flags & Flag.text) {
      for (; i < length; i++) {
        const code = text.charCodeAt(i);
        if (code === 60) break;
        if (code === 38) {
          flags |= Flag.markup;
          this.#checkReference(i);
        } else if (code === 62) {
          if (text.charCodeAt(i - 1) === 93 && text.charCodeAt(i - 2) === 93 && i - 2 >= start) {
            this.#fault(i - 2, i + 1, "]]> outside a CDATA section", "write ]]&gt; instead");
          }
        } else if (code < 32 ? code !== 10 && code !== 9 && code !== 13 : code >= 0xfffe) {
          this.#badCharacter(i, code);
        }
        if (this.#stopped) return length;
      }
    }
    this.#slots[element * slots + Slot.flags]! |= flags;
    return i;
  }

  #outsideRoot(start: number): number {
    const text = this.#text;
    const next = text.indexOf("<", start);
    const end = next === -1 ? text.length : next;
    const first = firstNonBlank(text, start);
    if (first < end) {
      if (this.#rootEnd === -1) {
        this.#fault(first, lineEnd(text, first), "text before the root element", "remove it");
      } else {
        this.#fault(first, lineEnd(text, first), "text after the root element", "remove everything after </pfsense>");
      }
    }
    return end;
  }

  #checkReference(start: number): void {
    const text = this.#text;
    let semicolon = start + 1;
    while (semicolon < text.length && semicolon - start <= 64 && isReferenceChar(text.charCodeAt(semicolon)))
      semicolon++;
    if (text.charCodeAt(semicolon) !== 59 || semicolon === start + 1) {
      this.#fault(start, start + 1, "bare & outside CDATA", "write &amp; instead");
    } else if (reference(text, start, semicolon) === undefined) {
      const name = text.slice(start, semicolon + 1);
      const help = name.startsWith("&#")
        ? "write the character itself"
        : "write the character itself; XML knows only &amp; &lt; &gt; &quot; and &apos;";
      this.#fault(start, semicolon + 1, `undeclared entity ${name}`, help);
    }
  }

  #badCharacter(at: number, code: number): void {
    const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    this.#fault(at, at + 1, `the character ${name} may not occur in XML`, "remove it");
  }

  #openTag(start: number): number {
    const text = this.#text;
    if (this.#rootEnd !== -1 && this.#open.length === 0) {
      const nameEnd = this.#nameEnd(start + 1);
      const found = text.slice(start, nameEnd);
      this.#stop(
        start,
        nameEnd,
        `second root element: expected the end of the file, found ${found}>`,
        "keep one of the two; a file holds one configuration",
      );
      return text.length;
    }
    const nameEnd = this.#nameEnd(start + 1);
    let i = nameEnd;
    let selfClosing = false;
    const code = text.charCodeAt(i);
    if (code === 62) i++;
    else if (code === 47 && text.charCodeAt(i + 1) === 62) {
      selfClosing = true;
      i += 2;
    } else {
      i = this.#attributes(start, i);
      if (i === -1) return text.length;
      selfClosing = text.startsWith("/>", i - 2);
    }
    if (this.#open.length >= maxDepth) {
      this.#stop(
        start,
        i,
        `elements nested more than ${maxDepth} deep`,
        "export it again; pfSense writes no such depth",
      );
      return text.length;
    }
    const element = this.#add(start, this.#names.id(text.slice(start + 1, nameEnd)), i);
    if (selfClosing) {
      const at = element * slots;
      this.#slots[at + Slot.innerEnd] = i;
      this.#slots[at + Slot.end] = i;
      this.#slots[at + Slot.flags] = Flag.selfClosing;
      if (this.#open.length === 0) this.#rootEnd = i;
    } else {
      this.#open.push(element);
      this.#lastChild.push(-1);
    }
    return i;
  }

  /** An element that `usualLeaf` matched, which has nothing to be checked any more. */
  #leaf(start: number, end: number): void {
    const text = this.#text;
    const nameEnd = text.indexOf(">", start);
    const innerStart = nameEnd + 1;
    const innerEnd = end - (nameEnd - start) - 2;
    const at = this.#add(start, this.#names.id(text.slice(start + 1, nameEnd)), innerStart) * slots;
    this.#slots[at + Slot.innerEnd] = innerEnd;
    this.#slots[at + Slot.end] = end;
    if (innerEnd === innerStart) return;
    const isCdata = text.charCodeAt(innerStart) === 60;
    this.#slots[at + Slot.flags] = !isCdata
      ? Flag.text
      : innerEnd - innerStart > "<![CDATA[]]>".length
        ? Flag.markup | Flag.text
        : Flag.markup;
  }

  /** Takes over a section that the twin has as well. Returns the offset behind it, or -1 if the twin has no such one. */
  #copy(start: number, twin: Twin): number {
    const section = twin.sectionAt(this.#text, start);
    if (section === -1) return -1;
    const { document } = twin;
    const shift = start - document.start(section);
    const first = this.#add(start, this.#nameLike(twin, section), document.innerStart(section) + shift);
    const count = document.descendants(section);
    this.#size += count;
    this.#reserve();
    document.copyTo(this.#slots, section, first, shift);
    for (let i = 1; i <= count; i++) {
      this.#slots[(first + i) * slots + Slot.name] = this.#nameLike(twin, section + i);
    }
    return document.end(section) + shift;
  }

  /** The number here of the name that an element has there. */
  #nameLike({ document, names }: Twin, element: number): number {
    const there = document.nameId(element);
    if (names[there] === -1) names[there] = this.#names.id(document.names[there] ?? "");
    return names[there]!;
  }

  /** Makes room for all elements. */
  #reserve(): void {
    if (this.#size * slots <= this.#slots.length) return;
    const grown = new Int32Array(Math.max(this.#slots.length, this.#size * slots) * 2);
    grown.set(this.#slots);
    this.#slots = grown;
  }

  #add(start: number, name: number, innerStart: number): number {
    const element = this.#size++;
    const at = element * slots;
    this.#reserve();
    const depth = this.#open.length - 1;
    const parent = depth < 0 ? -1 : (this.#open[depth] ?? -1);
    this.#slots[at + Slot.parent] = parent;
    this.#slots[at + Slot.firstChild] = -1;
    this.#slots[at + Slot.nextSibling] = -1;
    this.#slots[at + Slot.name] = name;
    this.#slots[at + Slot.start] = start;
    this.#slots[at + Slot.innerStart] = innerStart;
    if (parent !== -1) {
      const previous = this.#lastChild[depth] ?? -1;
      if (previous === -1) this.#slots[parent * slots + Slot.firstChild] = element;
      else this.#slots[previous * slots + Slot.nextSibling] = element;
      this.#lastChild[depth] = element;
    }
    return element;
  }

  /** Reads attributes, which pfSense ignores, up to and with `>`. Returns the offset behind it, or -1 after a fault. */
  #attributes(tag: number, from: number): number {
    const end = this.#readAttributes(tag, from);
    return end === -1 && !this.#stopped ? this.#tagEnd(from) : end;
  }

  /**
   * Where a tag with a broken attribute ends: behind its `>`, or before the next `<` if that comes first. What it holds
   * stays inside it, so that a secret is still known as one.
   */
  #tagEnd(from: number): number {
    const next = this.#text.indexOf("<", from);
    const limit = next === -1 ? this.#text.length : next;
    const close = this.#text.indexOf(">", from);
    return close === -1 || close > limit ? limit : close + 1;
  }

  #readAttributes(tag: number, from: number): number {
    const text = this.#text;
    const seen = new Set<string>();
    let i = from;
    for (;;) {
      const blank = i;
      while (isSpace(text.charCodeAt(i))) i++;
      const code = text.charCodeAt(i);
      if (code === 62) return i + 1;
      if (code === 47 && text.charCodeAt(i + 1) === 62) return i + 2;
      if (Number.isNaN(code)) {
        this.#stop(tag, i, "the file ends inside a tag", "export it again; this export was cut short");
        return -1;
      }
      if (blank === i || !isNameStart(code, text, i)) {
        this.#fault(
          i,
          i + 1,
          "malformed tag: expected an attribute or >",
          "mend the tag, or export again; the file was damaged or edited by hand here",
        );
        return -1;
      }
      const nameStart = i;
      i = this.#nameEnd(i);
      const name = text.slice(nameStart, i);
      if (seen.has(name)) {
        this.#fault(nameStart, i, `the attribute ${name} occurs twice in one tag`, "remove one of the two");
        return -1;
      }
      seen.add(name);
      while (isSpace(text.charCodeAt(i))) i++;
      const quote = text.charCodeAt(i + 1 + spaces(text, i + 1));
      if (text.charCodeAt(i) !== 61 || (quote !== 34 && quote !== 39)) {
        this.#fault(
          nameStart,
          i,
          "malformed attribute: expected a name and a value in quotes",
          "remove it; pfSense writes no attributes",
        );
        return -1;
      }
      const valueStart = i + 2 + spaces(text, i + 1);
      const close = text.indexOf(quote === 34 ? '"' : "'", valueStart);
      if (close === -1) {
        this.#stop(
          nameStart,
          i,
          `the attribute ${name} is not closed`,
          "export it again; this export was cut short or damaged here",
        );
        return -1;
      }
      if (!this.#checkAttributeValue(valueStart, close)) return -1;
      i = close + 1;
    }
  }

  #checkAttributeValue(start: number, end: number): boolean {
    const before = this.#faults.length;
    for (let i = start; i < end && !this.#stopped; i++) {
      const code = this.#text.charCodeAt(i);
      if (code === 60) {
        this.#fault(i, i + 1, "< in an attribute", "add the missing quotation mark, or write &lt;");
        return false;
      }
      if (code === 38) this.#checkReference(i);
      else if (code < 32 ? code !== 10 && code !== 9 && code !== 13 : code >= 0xfffe) this.#badCharacter(i, code);
    }
    return this.#faults.length === before;
  }

  /** After a broken close tag: goes on at the next `<`, as if the tag were text. */
  #resume(start: number): number {
    this.#complete = false;
    const next = this.#text.indexOf("<", start + 1);
    return next === -1 ? this.#text.length : next;
  }

  #closeTag(start: number): number {
    const text = this.#text;
    const element = this.#open.at(-1);
    if (element !== undefined) {
      const name = this.#names.list[this.#slots[element * slots + Slot.name] ?? 0] ?? "";
      const nameEnd = start + 2 + name.length;
      if (text.charCodeAt(nameEnd) === 62 && text.startsWith(name, start + 2)) {
        this.#close(start, nameEnd + 1);
        return nameEnd + 1;
      }
    }
    const nameEnd = isNameStart(text.charCodeAt(start + 2), text, start + 2) ? this.#nameEnd(start + 2) : start + 2;
    const close = nameEnd + spaces(text, nameEnd);
    const name = text.slice(start + 2, nameEnd);
    if (text.charCodeAt(close) !== 62 || name === "") {
      if (close >= text.length)
        this.#stop(start, close, "the file ends inside a tag", "export it again; this export was cut short");
      else
        this.#fault(
          start,
          close + 1,
          "malformed close tag: expected </name>",
          "mend the tag, or export again; the file was damaged or edited by hand here",
        );
      return this.#resume(start);
    }
    this.#closeNamed(start, close + 1, name);
    return close + 1;
  }

  #closeNamed(start: number, end: number, name: string): void {
    const depth = this.#open.findLastIndex((element) => this.#nameOf(element) === name);
    const innermost = this.#open.at(-1);
    if (depth === this.#open.length - 1 && innermost !== undefined) {
      this.#close(start, end);
      return;
    }
    this.#complete = false;
    const expected = innermost === undefined ? "no close tag" : `</${this.#nameOf(innermost)}>`;
    const opened = innermost === undefined ? "" : `, which line ${this.#lineOf(innermost)} opens`;
    this.#fault(
      start,
      end,
      `mismatched tag: expected ${expected}${opened}, found </${name}>`,
      innermost === undefined
        ? "remove it"
        : `write </${this.#nameOf(innermost)}> where it belongs; a tag is missing or misspelt, and capitals count`,
    );
    if (depth === -1) {
      if (innermost !== undefined && this.#isMisspelt(innermost, name, start)) this.#close(start, end);
      return;
    }
    while (this.#open.length - 1 > depth) this.#close(start, start, Flag.unclosed);
    this.#close(start, end);
  }

  /** Whether a close tag that nothing opens is meant for an element: by its letters, or as the end of a leaf's line. */
  #isMisspelt(element: number, name: string, at: number): boolean {
    if (this.#nameOf(element).toLowerCase() === name.toLowerCase()) return true;
    return this.#lastChild.at(-1) === -1 && this.#lineOf(element) === this.#source.position(at).line;
  }

  #nameOf(element: number): string {
    return this.#names.list[this.#slots[element * slots + Slot.name] ?? 0] ?? "";
  }

  #lineOf(element: number): number {
    return this.#source.position(this.#slots[element * slots + Slot.start] ?? 0).line;
  }

  #close(innerEnd: number, end: number, flags = 0): void {
    const element = this.#open.pop();
    this.#lastChild.pop();
    if (element === undefined) return;
    const at = element * slots;
    this.#slots[at + Slot.innerEnd] = innerEnd;
    this.#slots[at + Slot.end] = end;
    this.#slots[at + Slot.flags]! |= flags;
    if (this.#open.length === 0) this.#rootEnd = end;
  }

  #declaration(start: number): number {
    const text = this.#text;
    const element = this.#open.at(-1);
    if (text.startsWith("<![CDATA[", start)) return this.#cdata(start, element);
    if (text.startsWith("<!--", start)) return this.#comment(start, element);
    if (text.startsWith("<!DOCTYPE", start)) return this.#doctype(start);
    this.#fault(start, start + 2, "malformed markup after <!", "write &lt; if a < is meant");
    return this.#resume(start);
  }

  #cdata(start: number, element: number | undefined): number {
    const text = this.#text;
    const close = text.indexOf("]]>", start + 9);
    if (close === -1) {
      this.#stop(
        start,
        start + 9,
        "the CDATA section is not closed: expected ]]>",
        "export it again; this export was cut short",
      );
      return text.length;
    }
    if (element === undefined) {
      this.#fault(start, close + 3, "CDATA outside the root element", "remove it");
      return close + 3;
    }
    for (let i = start + 9; i < close && !this.#stopped; i++) {
      const code = text.charCodeAt(i);
      if (code < 32 ? code !== 10 && code !== 9 && code !== 13 : code >= 0xfffe) this.#badCharacter(i, code);
    }
    this.#slots[element * slots + Slot.flags]! |= Flag.markup | (close > start + 9 ? Flag.text : 0);
    return close + 3;
  }

  #comment(start: number, element: number | undefined): number {
    const text = this.#text;
    const dashes = text.indexOf("--", start + 4);
    if (dashes === -1) {
      this.#stop(start, start + 4, "the comment is not closed: expected -->", "close it with -->, or remove it");
      return text.length;
    }
    if (element !== undefined) this.#slots[element * slots + Slot.flags]! |= Flag.markup;
    if (text.charCodeAt(dashes + 2) === 62) {
      for (let i = start + 4; i < dashes && !this.#stopped; i++) {
        const code = text.charCodeAt(i);
        if (code < 32 ? code !== 10 && code !== 9 && code !== 13 : code >= 0xfffe) this.#badCharacter(i, code);
      }
      return dashes + 3;
    }
    this.#fault(dashes, dashes + 2, "-- inside a comment", "XML allows no double hyphen there; remove it");
    return after(text, "-->", dashes);
  }

  #doctype(start: number): number {
    const text = this.#text;
    const close = text.indexOf(">", start);
    const plain = close !== -1 && /^<!DOCTYPE\s+[\w:.-]+\s*$/.test(text.slice(start, Math.min(close, start + 200)));
    if (this.#size > 0) {
      this.#fault(start, start + 9, "a document type behind the root element's start", "remove it");
      return close === -1 ? text.length : close + 1;
    }
    if (plain) return close + 1;
    this.#stop(
      start,
      start + 9,
      "a document type with declarations is refused",
      "remove the <!DOCTYPE …> part; pfSense writes none, and entities declared there are not expanded",
    );
    return text.length;
  }

  #instruction(start: number): number {
    const text = this.#text;
    const close = text.indexOf("?>", start + 2);
    if (close === -1) {
      this.#stop(start, start + 2, "the processing instruction is not closed: expected ?>", "close it, or remove it");
      return text.length;
    }
    const element = this.#open.at(-1);
    if (element !== undefined) this.#slots[element * slots + Slot.flags]! |= Flag.markup;
    if (!isNameStart(text.charCodeAt(start + 2), text, start + 2)) {
      this.#fault(start, start + 2, "malformed processing instruction: expected a name after <?", "remove it");
      return close + 2;
    }
    const nameEnd = this.#nameEnd(start + 2);
    const name = text.slice(start + 2, nameEnd);
    if (name.toLowerCase() === "xml") {
      this.#fault(
        start,
        close + 2,
        "the XML declaration is not at the beginning of the file",
        "remove everything before <?xml, blank lines too",
      );
    } else if (nameEnd !== close && !isSpace(text.charCodeAt(nameEnd))) {
      this.#fault(start, nameEnd, "malformed processing instruction", "remove it");
    }
    return close + 2;
  }

  #strayLessThan(start: number): number {
    const text = this.#text;
    if (/^<{7}(?: |\r?\n)/.test(text.slice(start, start + 9)) && (start === 0 || text.charCodeAt(start - 1) === 10)) {
      this.#stop(
        start,
        lineEnd(text, start),
        "a merge conflict that was never resolved",
        "resolve the conflict (git checkout --ours or --theirs FILE) and run again",
      );
      return text.length;
    }
    if (start + 1 >= text.length) {
      this.#stop(start, start + 1, "the file ends inside a tag", "export it again; this export was cut short");
      return text.length;
    }
    this.#fault(start, start + 1, "bare < outside CDATA", "write &lt; instead");
    const element = this.#open.at(-1);
    if (element !== undefined) this.#slots[element * slots + Slot.flags]! |= Flag.text;
    return start + 1 < text.length ? this.#afterStray(start + 1) : text.length;
  }

  /** A stray `<` is text; so is what follows it up to the next one. */
  #afterStray(from: number): number {
    return this.#text.charCodeAt(from) === 60 ? from : this.#characters(from);
  }

  #finish(end: number): void {
    const text = this.#text;
    const innermost = this.#open.at(-1);
    if (innermost !== undefined) {
      this.#complete = false;
      const last = text.trimEnd().length;
      this.#fault(
        last,
        last,
        `the file ends inside <${this.#nameOf(innermost)}>, which line ${this.#lineOf(innermost)} opens`,
        "export it again; this export was cut short",
      );
    } else if (this.#size === 0 && this.#faults.length === 0) {
      this.#complete = false;
      this.#fault(
        text.length,
        text.length,
        "the file holds no element",
        "export the configuration again (Diagnostics > Backup & Restore)",
      );
    }
    while (this.#open.length > 0) this.#close(end, end, Flag.unclosed);
  }

  #nameEnd(start: number): number {
    const text = this.#text;
    let i = start + 1;
    for (;;) {
      const code = text.charCodeAt(i);
      if (code < 128 ? nameTable[code] === 0 : !isNameStart(code, text, i) && code !== 0xb7) return i;
      if (Number.isNaN(code)) return i;
      i++;
    }
  }
}

/** A document to take sections over from, children of the root in the order in which they stand. */
class Twin {
  readonly document: XmlDocument;
  /** By its name number, the number of the name in the document that is read; -1 where that is not known yet. */
  readonly names: Int32Array;
  /** The next section of each name that was not looked at. */
  readonly #next = new Map<string, number[]>();

  constructor(document: XmlDocument) {
    this.document = document;
    this.names = new Int32Array(document.names.length).fill(-1);
    const first = document.root === -1 ? -1 : document.firstChild(document.root);
    for (let child = first; child !== -1; child = document.nextSibling(child)) {
      const name = document.name(child);
      const same = this.#next.get(name);
      if (same) same.push(child);
      else this.#next.set(name, [child]);
    }
    for (const sections of this.#next.values()) sections.reverse();
  }

  /** The section that stands at a place of another text to the letter, or -1. Each is asked for once. */
  sectionAt(text: string, start: number): number {
    const section = this.#next.get(text.slice(start + 1, text.indexOf(">", start)))?.pop() ?? -1;
    if (section === -1) return -1;
    const own = this.document.source.text.slice(this.document.start(section), this.document.end(section));
    return text.slice(start, start + own.length) === own ? section : -1;
  }
}

/** An element keeps the number of its name. */
class Names {
  readonly list: string[] = [];
  readonly #ids = new Map<string, number>();

  id(name: string): number {
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.list.push(name) - 1;
      this.#ids.set(name, id);
    }
    return id;
  }
}

const xmlDeclaration =
  /^\s+version\s*=\s*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*$/;

/**
 * Nearly all elements: a leaf without attributes, its text short, not begun by white space, and free of whatever needs a
 * closer look; before it, the white space that every reader drops. The engine's own matcher sees all of it in one step,
 * long before it would have optimized a loop. Short, for a long match would keep as long a list of ways to go back.
 */
const usualLeaf =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML does not allow is left to the closer look.
  /[\t\n\r]*<([A-Za-z_][\w.-]*)>(?:(?:[^\0- <&\]\ufffe\uffff][^\0-\x08\x0b\x0c\x0e-\x1f<&\]\ufffe\uffff]{0,200})?|<!\[CDATA\[[^\0-\x08\x0b\x0c\x0e-\x1f\]\ufffe\uffff]{0,200}\]\]>)<\/\1>/y;

/** 1 for ASCII characters that may stand inside a name. */
const nameTable = Uint8Array.from({ length: 128 }, (_, code) => (/[\w:.-]/.test(String.fromCharCode(code)) ? 1 : 0));

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13;

const isReferenceChar = (code: number): boolean => code === 35 || (code < 128 ? nameTable[code] === 1 : false);

/** XML 1.0, production 4. */
function isNameStart(code: number, text: string, at: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58;
  if (Number.isNaN(code)) return false;
  return /^[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\udbff\udc00-\udfff\uf900-\ufdcf\ufdf0-\ufffd]/.test(
    text.charAt(at),
  );
}

function firstNonBlank(text: string, from = 0): number {
  let i = from;
  while (i < text.length && isSpace(text.charCodeAt(i))) i++;
  return i;
}

function spaces(text: string, from: number): number {
  return firstNonBlank(text, from) - from;
}

function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) return i;
  }
  return text.length;
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}
