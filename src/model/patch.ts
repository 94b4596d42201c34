import { fieldDifferences, type IsList, namesIn } from "./compare.ts";
import { type DraftEdit, insert, remove, replace, setText, toNewElement } from "./edit.ts";
import { withChildren } from "./make.ts";
import type { Tree } from "./tree.ts";

/** The edits that give an element of a file the value of another, and touch nothing that is the same. */
export function patch(before: Tree, after: Tree): readonly DraftEdit[] {
  if (before.isLeaf !== after.isLeaf) return [replace(before, toNewElement(after))];
  if (before.isLeaf) return before.text === after.text ? [] : [setText(slot(before), after.text)];
  return patchChildren(before, after, patch);
}

/** The same for what stands in one element under one name: a setting, or a list of values. */
export function patchList(holder: Tree, was: readonly Tree[], will: readonly Tree[]): readonly DraftEdit[] {
  const last = was.at(-1);
  return [
    ...was.flatMap((one, i) => {
      const other = will[i];
      return other ? patch(one, other) : [remove(one)];
    }),
    ...will.slice(was.length).map((one) => insert(holder, toNewElement(one), last)),
  ];
}

/** A leaf as the place of its own value. */
const slot = (tree: Tree): Parameters<typeof setText>[0] => ({ name: tree.name, owner: tree, tree });

/**
 * The edits that give an element the children of another; what is new takes the place of what goes, as far as there is
 * any.
 */
function patchChildren(
  before: Tree,
  after: Tree,
  patchChild: (was: Tree, will: Tree) => readonly DraftEdit[],
): readonly DraftEdit[] {
  const edits: DraftEdit[] = [];
  const gone: Tree[] = [];
  const added: Tree[] = [];
  for (const name of namesIn(before, after)) {
    const was = before.list(name);
    const will = after.list(name);
    for (const [i, one] of was.entries()) {
      const other = will[i];
      // Not spread: a list may need more edits than a call takes arguments.
      if (other) for (const edit of patchChild(one, other)) edits.push(edit);
      else gone.push(one);
    }
    const last = was.at(-1);
    for (const one of will.slice(was.length)) {
      if (last) edits.push(insert(before, toNewElement(one), last));
      else added.push(one);
    }
  }
  gone.sort((a, b) => a.whole.start - b.whole.start);
  for (const [i, one] of gone.entries()) {
    const other = added[i];
    edits.push(other ? replace(one, toNewElement(other)) : remove(one));
  }
  for (const one of added.slice(gone.length)) edits.push(insert(before, toNewElement(one)));
  return edits;
}

/**
 * The edits that turn one whole configuration into another: sections that are equal keep every byte, others are written
 * anew, entries of the lists beside the sections one by one.
 */
export const rewrite = (before: Tree, after: Tree, isList: IsList): readonly DraftEdit[] =>
  patchChildren(before, after, (was, will) => (sameTree(was, will, isList) ? [] : [replace(was, toNewElement(will))]));

/** Whether two elements hold the same once pfSense has saved them: it loses list entries in which there is nothing. */
export const sameWhenSaved = (a: Tree, b: Tree, isList: IsList): boolean =>
  sameTree(saved(a, isList), saved(b, isList), isList);

function saved(tree: Tree, isList: IsList): Tree {
  const children = tree.children.map((child) => saved(child, isList));
  return withChildren(
    tree,
    children.filter((child) => !isList(child.name) || !child.isLeaf || child.text !== ""),
  );
}

/** Whether two elements hold the same, whatever the order outside lists. */
export const sameTree = (a: Tree, b: Tree, isList: IsList): boolean =>
  a === b || fieldDifferences(a, b, "", isList).next().done === true;
