import type { XmlDocument } from "../parser/xml-document.ts";
import type { Source, Span } from "../source.ts";
import type { Dialect } from "./dialect.ts";
import { ElementTree, elementText, readingOf } from "./tree.ts";

/** A leaf whose value pfSense cannot read back once it has saved it. */
export interface UnsavableText {
  /** Name of the element, in lower case. */
  readonly name: string;
  readonly at: Span;
}

/**
 * Leaves that pfSense saves with an HTML entity outside CDATA, which its reader then refuses as undeclared
 * (`xmlparse.inc`, `dump_xml_config_sub()`, `is_cdata_entity()`): those whose name is none of its CDATA names, and whose
 * value holds a character that HTML 4.01 has a name for. Releases that write the entities of XML have none.
 */
export function unsavableTexts(document: XmlDocument, dialect: Dialect): readonly UnsavableText[] {
  const reading = readingOf(document, dialect);
  const found: UnsavableText[] = [];
  let last = -1;
  for (const index of candidates(document.source)) {
    const element = document.elementAt(index);
    if (element === last || element === -1) continue;
    last = element;
    const leaf = new ElementTree(reading, element);
    const value = elementText(reading, element) ?? "";
    if (dialect.isCdata(leaf.name) || !hasNamedCharacter(value, dialect)) continue;
    found.push({ name: leaf.name, at: placeIn(leaf.at, dialect) });
  }
  return found;
}

/** Offsets of what may stand for a character beyond ASCII. */
function* candidates({ text, isAscii }: Source): Generator<number> {
  if (!isAscii) {
    for (const { index } of text.matchAll(/[^\0-\x7f]|&/g)) yield index;
    return;
  }
  for (let i = text.indexOf("&"); i !== -1; i = text.indexOf("&", i + 1)) {
    if (!usual.some((entity) => text.startsWith(entity, i + 1))) yield i;
  }
}

/** The references that stand for ASCII characters, and nearly all that there are. */
const usual = ["quot;", "amp;", "lt;", "gt;", "#039;", "apos;"];

const beyondAscii = /[^\0-\x7f]/gu;

const hasNamedCharacter = (value: string, dialect: Dialect): boolean =>
  value.match(beyondAscii)?.some((character) => dialect.encodeEntities(character) !== character) ?? false;

/** The first such character; the whole value if it is written as a reference. */
function placeIn(at: Span, dialect: Dialect): Span {
  const raw = at.source.text.slice(at.start, at.end);
  for (const { index, 0: character } of raw.matchAll(beyondAscii)) {
    if (dialect.encodeEntities(character) === character) continue;
    return at.source.span(at.start + index, at.start + index + character.length);
  }
  return at;
}
