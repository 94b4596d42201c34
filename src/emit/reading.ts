import type { Edit } from "../diagnostic.ts";

/** One element as a reader found it. Offsets are those of the text that was read. */
export interface ReadElement {
  readonly name: string;
  /** Index of the parent in the reading, -1 for the root. */
  readonly parent: number;
  /** Offset of `<`. */
  readonly start: number;
  /** Offset behind the element. */
  readonly end: number;
  /** Its own character data as written, line ends as LF, CDATA told from text. */
  readonly content: string;
}

/** All elements of a text in document order: what two readers must agree on, and what an edit may change. */
export type Reading = readonly ReadElement[];

/** How CDATA is told from text in `content`: no text of an XML file holds the character. */
export const cdataContent = (text: string): string => `\0${text}\0`;

/** The offset, in the second text, of the first element that the readings do not agree on; undefined if they do. */
export function disagreement(one: Reading, other: Reading): number | undefined {
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const a = one[i];
    const b = other[i];
    if (!a || !b) return b?.start ?? a?.start ?? 0;
    const same = a.name === b.name && a.parent === b.parent && a.start === b.start && a.end === b.end;
    if (!same || a.content !== b.content) return b.start;
  }
  return undefined;
}

/**
 * Whether a text with edits made holds what it held before, except for the edits: every element outside them at its
 * place, with its name, its parent and its content, and no others.
 * @returns the offset, in the edited text, of the first thing that is not so; undefined if all is well
 */
export function strayChange(before: Reading, after: Reading, edits: readonly Edit[]): number | undefined {
  const moves = movesOf(edits);
  const touched = touchedBy(before, moves);
  /** Index in `after` by index in `before`. */
  const now = new Map<number, number>([[-1, -1]]);
  let i = 0;
  for (const [index, element] of before.entries()) {
    const replacedBy = moves[lastAt(moves, element.start, "start")];
    if (replacedBy && element.start < replacedBy.end) continue;
    i = behindNew(after, i, moves);
    const found = after[i];
    if (!found) return after.at(-1)?.end ?? 0;
    const same =
      found.start === moved(element.start, moves, "start") &&
      found.end === moved(element.end, moves, "end") &&
      found.name === element.name &&
      found.parent === now.get(element.parent) &&
      (found.content === element.content || touched.has(index));
    if (!same) return found.start;
    now.set(index, i);
    i++;
  }
  return after[behindNew(after, i, moves)]?.start;
}

/** An edit by offsets: what it replaces, and where its text ends up. */
interface Move {
  readonly start: number;
  readonly end: number;
  readonly newStart: number;
  readonly newEnd: number;
}

function movesOf(edits: readonly Edit[]): readonly Move[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end)
    .map(({ at: { start, end }, text }) => {
      const newStart = start + shift;
      shift += text.length - (end - start);
      return { start, end, newStart, newEnd: newStart + text.length };
    });
}

/** Index of the last item whose number, which grows from item to item, is at most a limit; -1 if none is. */
function lastAt<K extends string>(items: readonly Readonly<Record<K, number>>[], limit: number, key: K): number {
  let low = -1;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (items[middle]![key] <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Where an offset outside the edits ends up. What is inserted at the start of an element precedes it, at its end
 * follows it.
 */
function moved(offset: number, moves: readonly Move[], side: "start" | "end"): number {
  const last = side === "start" ? lastAt(moves, offset, "end") : lastAt(moves, offset - 1, "start");
  const move = moves[last];
  return move ? offset + move.newEnd - move.end : offset;
}

/** The first index from one on whose element is not the text of an edit. */
function behindNew(after: Reading, from: number, moves: readonly Move[]): number {
  let i = from;
  for (; i < after.length; i++) {
    const { start } = after[i]!;
    const move = moves[lastAt(moves, start, "newStart")];
    if (!move || start >= move.newEnd) break;
  }
  return i;
}

/** The innermost elements around the edits, whose own content these may change. */
function touchedBy(before: Reading, moves: readonly Move[]): ReadonlySet<number> {
  const touched = new Set<number>();
  for (const { start, end } of moves) {
    let index = lastAt(before, start - 1, "start");
    while (index !== -1 && (before[index]!.end < end || before[index]!.end <= start)) index = before[index]!.parent;
    if (index !== -1) touched.add(index);
  }
  return touched;
}
