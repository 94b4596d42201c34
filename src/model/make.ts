import { MadeTree, type Tree } from "./tree.ts";

/** A leaf with another value, which keeps the places of the tree that it was made from. */
export const leaf = (name: string, text: string, origin: Tree): Tree => new MadeTree(name, text, origin);

/** A tree with other children; the tree itself if they are the ones it has. */
export function withChildren(tree: Tree, children: readonly Tree[]): Tree {
  const same = tree.children.length === children.length && tree.children.every((child, i) => child === children[i]);
  return same && (tree.present || children.length === 0) ? tree : new MadeTree(tree.name, children, tree);
}

/**
 * A tree whose children of a name are replaced by others, where the first of them stood, or at the end. What PHP does
 * with `$tree[$name] = $children`.
 */
export function withList(tree: Tree, name: string, entries: readonly Tree[]): Tree {
  const first = tree.children.findIndex((child) => child.name === name);
  if (first === -1) return withChildren(tree, [...tree.children, ...entries]);
  const before = tree.children.slice(0, first);
  const after = tree.children.slice(first).filter((child) => child.name !== name);
  return withChildren(tree, [...before, ...entries, ...after]);
}

/** A tree with one child replaced, or added at the end. */
export const withChild = (tree: Tree, child: Tree): Tree => withList(tree, child.name, [child]);

/** A tree without its children of some names. */
export const without = (tree: Tree, ...names: readonly string[]): Tree =>
  withChildren(
    tree,
    tree.children.filter((child) => !names.includes(child.name)),
  );

/** A tree without those entries of a list that a test picks. */
export const withoutEntries = (tree: Tree, name: string, drop: (entry: Tree) => boolean): Tree =>
  withChildren(
    tree,
    tree.children.filter((child) => child.name !== name || !drop(child)),
  );

/** A tree with what lies at a path replaced, if it is there. */
export function within(tree: Tree, path: readonly string[], change: (inner: Tree) => Tree): Tree {
  const [name, ...rest] = path;
  if (name === undefined) return change(tree);
  const child = tree.get(name);
  return child ? withChild(tree, within(child, rest, change)) : tree;
}
