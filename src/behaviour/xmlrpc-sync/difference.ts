import { entrySubject, entryTitle, keyedSections } from "../../cluster/entries.ts";
import { type FieldDifference, fieldDifferences, type IsList, namesIn } from "../../model/compare.ts";
import type { Config } from "../../model/config.ts";
import { AbsentTree, type Tree, writtenAlike } from "../../model/tree.ts";
import { Matching, type Place } from "./matching.ts";

export type { FieldDifference } from "../../model/compare.ts";
export type { Place } from "./matching.ts";

/** One thing that is otherwise in a configuration than in the one that is to replace it. */
export interface Difference {
  /** Path of the element without positions: `filter/rule`, `unbound/port`. */
  readonly path: string;
  /** Stable from save to save: `alias/web`, `unbound/port`. */
  readonly subject: string;
  /** For messages: `alias web`, `unbound/port`. */
  readonly title: string;
  readonly change: "add" | "change" | "delete";
  /** Whether it is an entry: of a list, or the settings of one interface or zone. Otherwise it is a single setting. */
  readonly isEntry: boolean;
  /** As it is; several elements for a list of plain values, none for what is to be added. */
  readonly before: readonly Tree[];
  /** As it is to be. */
  readonly after: readonly Tree[];
  /** The element that holds it or is to hold it, in the first configuration. */
  readonly holder: Tree;
  /** What differs inside an entry of a list. */
  readonly fields: readonly FieldDifference[];
  /** Whether an entry that is there stands in the wrong place of a list whose order means something. */
  readonly moved: boolean;
  /** Where an entry that is added or moved belongs. */
  readonly place: Place;
  /** The list holds what it is to hold, in another order that means nothing. */
  readonly reordered: boolean;
}

/** All differences between a configuration and what is to replace it, section by section in the order of the file. */
export function differencesBetween(before: Config, after: Config): readonly Difference[] {
  return [...inContainer(before.tree, after.tree, "", before.dialect.isList)];
}

function* inContainer(before: Tree, after: Tree, path: string, isList: IsList): Iterable<Difference> {
  for (const name of namesIn(before, after)) {
    const inner = path === "" ? name : `${path}/${name}`;
    if (isList(name)) yield* inList(before, before.list(name), after.list(name), inner, isList);
    else yield* inChild(before, before.get(name), after.get(name), inner, isList);
  }
}

/** An element that occurs once: it is compared inside where that says more, otherwise as a whole. */
function* inChild(
  holder: Tree,
  before: Tree | undefined,
  after: Tree | undefined,
  path: string,
  isList: IsList,
): Iterable<Difference> {
  if (before === after || (before && after && writtenAlike(before, after))) return;
  if (isOpened(before, after, path, isList)) {
    const absent = new AbsentTree(path.slice(path.lastIndexOf("/") + 1), holder);
    yield* inContainer(before ?? absent, after ?? absent, path, isList);
  } else if (!before?.isLeaf || !after?.isLeaf || before.text !== after.text) {
    yield whole(holder, before ? [before] : [], after ? [after] : [], path);
  }
}

function isOpened(before: Tree | undefined, after: Tree | undefined, path: string, isList: IsList): boolean {
  const both = [before, after].filter((tree) => tree !== undefined);
  if (both.some((tree) => tree.isLeaf && tree.text !== "")) return false;
  if (!path.includes("/")) return true;
  if (both.length === 2) return both.some((tree) => !tree.isLeaf);
  return !isKeyed(path) && both.some(({ children }) => children.some(({ name }) => isList(name)));
}

/** Whether a path is that of one interface's or one zone's settings. */
const isKeyed = (path: string): boolean => {
  const [section = "", ...rest] = path.split("/");
  return rest.length === 1 && keyedSections.includes(section);
};

function whole(holder: Tree, before: readonly Tree[], after: readonly Tree[], path: string): Difference {
  return {
    path,
    subject: path,
    title: path,
    change: before.length === 0 ? "add" : after.length === 0 ? "delete" : "change",
    isEntry: isKeyed(path),
    before,
    after,
    holder,
    fields: [],
    moved: false,
    place: {},
    reordered: false,
  };
}

function* inList(
  holder: Tree,
  before: readonly Tree[],
  after: readonly Tree[],
  path: string,
  isList: IsList,
): Iterable<Difference> {
  const alike = (was: Tree, will: Tree | undefined): boolean => was === will || (!!will && writtenAlike(was, will));
  if (before.length === after.length && before.every((was, i) => alike(was, after[i]))) return;
  if ([...before, ...after].every((entry) => entry.isLeaf)) {
    const same = before.length === after.length && before.every((entry, i) => entry.text === after[i]?.text);
    if (!same) yield whole(holder, before, after, path);
    return;
  }
  const matching = new Matching(before, after, path, isList);
  const entry = (was: Tree | undefined, will: Tree | undefined): Difference => ({
    ...whole(holder, was ? [was] : [], will ? [will] : [], path),
    isEntry: true,
    subject: entrySubject(path, was ?? will ?? holder),
    title: entryTitle(path, was ?? will ?? holder),
  });
  let inPlace = true;
  for (const will of after) {
    const was = matching.twinOf(will);
    const fields = was ? [...fieldDifferences(was, will, "", isList)] : [];
    const moved = matching.isMoved(will);
    if (was && !moved && fields.length === 0) continue;
    inPlace &&= was !== undefined && !moved;
    yield { ...entry(was, will), fields, moved, place: was && !moved ? {} : matching.placeOf(will) };
  }
  for (const was of before) {
    if (matching.isKept(was)) continue;
    inPlace = false;
    yield entry(was, undefined);
  }
  if (inPlace && matching.reordered) yield { ...whole(holder, before, after, path), reordered: true };
}
