import { XMLParser } from "fast-xml-parser";
import { cdataContent, type ReadElement, type Reading } from "./reading.ts";

/** As deep as our own reader goes, and the document around it. */
const maxNestedTags = 258;

/** Told apart from the names of objects, which fast-xml-parser refuses; no name in a file begins with it. */
const mark = "=";

type Node = Readonly<Record<string, unknown>>;

/** A text as fast-xml-parser reads it: nothing in common with our own parser. Throws where it finds no document. */
export function readAgain(text: string): Reading {
  const parser = new XMLParser({
    preserveOrder: true,
    captureMetaData: true,
    ignoreAttributes: true,
    trimValues: false,
    processEntities: false,
    parseTagValue: false,
    commentPropName: "#comment",
    cdataPropName: "#cdata",
    transformTagName: (name) => (name.startsWith(mark) ? name : mark + name),
    maxNestedTags,
  });
  const places = XMLParser.getMetaDataSymbol() as unknown as string;
  const elements: ReadElement[] = [];
  const walk = (nodes: readonly Node[], parent: number): string => {
    let content = "";
    for (const node of nodes) {
      const key = Object.keys(node)[0] ?? "";
      const inside = node[key] as string | readonly Node[];
      if (key === "#text") content += String(inside);
      else if (key === "#cdata") content += cdataContent(String((inside as readonly Node[])[0]?.["#text"] ?? ""));
      else if (key.startsWith(mark)) {
        const { startIndex, endIndex } = node[places] as { startIndex: number; endIndex: number };
        const index = elements.push({ name: key.slice(1), parent, start: startIndex, end: endIndex, content: "" }) - 1;
        const own = walk(inside as readonly Node[], index);
        elements[index] = { ...(elements[index] as ReadElement), content: own };
      }
    }
    return content;
  };
  walk(parser.parse(text) as readonly Node[], -1);
  return elements;
}
