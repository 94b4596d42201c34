import { type Tree, writtenAlike } from "./tree.ts";

/** Whether an element of a name is an entry of a list. */
export type IsList = (name: string) => boolean;

/** A value inside an element that differs, or a list of them; a side without such an element is empty. */
export interface FieldDifference {
  /** Below the element: `source/address`. */
  readonly path: string;
  readonly before: readonly Tree[];
  readonly after: readonly Tree[];
}

/** The names of the children of both trees, in their order. */
export const namesIn = (...trees: readonly Tree[]): ReadonlySet<string> =>
  new Set(trees.flatMap(({ children }) => children.map(({ name }) => name)));

/** The values in which two elements differ; none if they are equal. Order counts within lists only. */
export function* fieldDifferences(before: Tree, after: Tree, path: string, isList: IsList): Generator<FieldDifference> {
  if (writtenAlike(before, after)) return;
  if (before.isLeaf && after.isLeaf) {
    if (before.text !== after.text) yield { path, before: [before], after: [after] };
    return;
  }
  for (const name of namesIn(before, after)) {
    const inner = path === "" ? name : `${path}/${name}`;
    const was = before.list(name);
    const will = after.list(name);
    const single = !isList(name) || was.length === 1;
    if (was.length !== will.length) yield { path: inner, before: was, after: will };
    else {
      for (const [i, one] of was.entries()) {
        const other = will[i];
        if (other && other !== one) yield* fieldDifferences(one, other, single ? inner : `${inner}[${i + 1}]`, isList);
      }
    }
  }
}
