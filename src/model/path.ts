import type { XmlDocument } from "../parser/xml-document.ts";
import type { Span } from "../source.ts";

/**
 * The path of the innermost element at a place, as `/pfsense/virtualip/vip[2]/advskew`: names in lower case, a position
 * where a parent holds several elements of the name. Empty outside the root.
 */
export function elementPath(document: XmlDocument, { start }: Span): string {
  const steps: string[] = [];
  for (let element = document.elementAt(start); element !== -1; element = document.parent(element)) {
    steps.unshift(step(document, element));
  }
  return steps.map((name) => `/${name}`).join("");
}

function step(document: XmlDocument, element: number): string {
  const name = document.name(element).toLowerCase();
  const parent = document.parent(element);
  if (parent === -1) return name;
  const { of, total } = positions(document, parent, name);
  return total > 1 ? `${name}[${of.get(element)}]` : name;
}

interface Positions {
  readonly of: ReadonlyMap<number, number>;
  readonly total: number;
}

/** Positions of like-named children, kept so that many places in one long list are found in one walk. */
const known = new WeakMap<XmlDocument, Map<string, Positions>>();

function positions(document: XmlDocument, parent: number, name: string): Positions {
  let byParent = known.get(document);
  if (!byParent) {
    byParent = new Map();
    known.set(document, byParent);
  }
  const key = `${parent}/${name}`;
  let found = byParent.get(key);
  if (!found) {
    const of = new Map<number, number>();
    for (let child = document.firstChild(parent); child !== -1; child = document.nextSibling(child)) {
      if (document.name(child).toLowerCase() === name) of.set(child, of.size + 1);
    }
    found = { of, total: of.size };
    byParent.set(key, found);
  }
  return found;
}
