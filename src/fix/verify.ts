import type { Edit } from "../diagnostic.ts";
import { cdataContent, disagreement, type Reading, strayChange } from "../emit/reading.ts";
import type { XmlDocument } from "../parser/xml-document.ts";
import type { Position } from "../source.ts";

/** A text that was made is not what it should be: a bug in this program. Its message holds nothing of the files. */
export class Rejected extends Error {}

/** One step from a text to the next. */
export interface Step {
  readonly before: XmlDocument;
  readonly after: XmlDocument;
  readonly edits: readonly Edit[];
}

/**
 * Reads every text of the steps again, with our own parser and with another one, and compares.
 * @throws Rejected if they do not agree, or something outside the edits changed
 */
export async function verifySteps(steps: readonly Step[]): Promise<void> {
  const { readAgain } = await import("../emit/second-reader.ts");
  let first: Reading | undefined;
  for (const { before, after, edits } of steps) {
    const earlier = first ?? bothReadings(before, readAgain);
    const later = bothReadings(after, readAgain);
    const stray = strayChange(earlier, later, edits);
    if (stray !== undefined) throw rejected(after, stray, "something outside the edits would change");
    first = later;
  }
}

/** What both readers make of a text. */
function bothReadings(document: XmlDocument, readAgain: (text: string) => Reading): Reading {
  const own = readingOf(document);
  const other = readings(() => readAgain(document.source.text), document);
  const offset = disagreement(own, other);
  if (offset !== undefined) throw rejected(document, offset, "two XML readers disagree");
  return own;
}

function readings(read: () => Reading, document: XmlDocument): Reading {
  try {
    return read();
  } catch {
    // Its message may quote the file.
    throw rejected(document, 0, "the second XML reader refuses the text");
  }
}

function rejected({ source }: XmlDocument, offset: number, what: string): Rejected {
  const { line, column }: Position = source.position(offset);
  return new Rejected(`${source.path}: ${what}, at line ${line}, column ${column} of the new text`);
}

/** Our own parser's view, with character data as written. */
export function readingOf(document: XmlDocument): Reading {
  const { text } = document.source;
  return Array.from({ length: document.size }, (_, element) => {
    let content = "";
    for (const { kind, start, end } of document.pieces(element)) {
      const raw = text.slice(start, end).replace(/\r\n?/g, "\n");
      content += kind === "cdata" ? cdataContent(raw) : raw;
    }
    return {
      name: document.name(element),
      parent: document.parent(element),
      start: document.start(element),
      end: document.end(element),
      content,
    };
  });
}
