import { ElementTree, elementText, type Reading, type Tree } from "./tree.ts";

/** What pfSense holds for an element: a text, a mapping, or, for list tags, arrays of either. */
export type Value = string | readonly Value[] | { readonly [name: string]: Value };

/**
 * A tree as the array that pfSense's reader would make of it. A list whose entries are all empty stays as an empty
 * array. Objects have no prototype, so that an element may be called `__proto__`.
 */
export function toValue(tree: Tree, isList: (name: string) => boolean): Value {
  if (tree instanceof ElementTree) return elementValue(tree.reading, tree.element);
  return tree.isLeaf
    ? tree.text
    : mapping(
        tree.children.map((child) => [child.name, toValue(child, isList)]),
        isList,
      );
}

function elementValue(reading: Reading, element: number): Value {
  const { document } = reading;
  const text = elementText(reading, element);
  if (text !== undefined || document.firstChild(element) === -1) return text ?? "";
  const entries: [string, Value][] = [];
  for (let child = document.firstChild(element); child !== -1; child = document.nextSibling(child)) {
    entries.push([reading.names[document.nameId(child)] ?? "", elementValue(reading, child)]);
  }
  return mapping(entries, (name) => reading.dialect.isList(name));
}

function mapping(entries: readonly (readonly [string, Value])[], isList: (name: string) => boolean): Value {
  const result: Record<string, Value | Value[]> = Object.create(null);
  for (const [name, value] of entries) {
    if (!isList(name)) {
      result[name] = value;
      continue;
    }
    const list = (result[name] as Value[] | undefined) ?? [];
    if (value !== "") list.push(value);
    result[name] = list;
  }
  return result;
}
