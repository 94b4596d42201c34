import type { Edit, Fix } from "../diagnostic.ts";
import type { Source } from "../source.ts";

/**
 * The text of a source with edits made; everything outside them stays as it is. Edits that insert at one place are
 * made in the order given.
 * @throws RangeError if two edits overlap
 */
export function applyEdits(source: Source, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { at, text } of inOrder(source, edits)) {
    if (at.start < done) throw new RangeError("edits overlap");
    parts.push(source.text.slice(done, at.start), text);
    done = at.end;
  }
  parts.push(source.text.slice(done));
  return parts.join("");
}

/** The edits of one source by place; insertions come before a replacement that begins where they are. */
export const inOrder = (source: Source, edits: readonly Edit[]): readonly Edit[] =>
  edits.filter(({ at }) => at.source === source).sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);

/**
 * Fixes that can be made together, the first of each that collide. What is left over is proposed again, if it still is
 * needed, when the outcome is linted.
 */
export function compatible<T extends { readonly fix: Fix }>(wanted: readonly T[]): readonly T[] {
  const chosen: T[] = [];
  const taken = new Map<Source, Edit[]>();
  const takenIn = (source: Source): Edit[] => {
    const known = taken.get(source) ?? [];
    taken.set(source, known);
    return known;
  };
  for (const one of wanted) {
    const { edits } = one.fix;
    if (edits.some((edit) => collides(edit, takenIn(edit.at.source)))) continue;
    chosen.push(one);
    for (const edit of edits) {
      const there = takenIn(edit.at.source);
      there.splice(placeOf(edit, there), 0, edit);
    }
  }
  return chosen;
}

/** Whether an edit shares text with others of its source, or puts something beside theirs that may not stand there. */
function collides(edit: Edit, others: readonly Edit[]): boolean {
  const place = placeOf(edit, others);
  const before = others[place - 1];
  if (before && before.at.end > edit.at.start) return true;
  for (let i = place; i < others.length; i++) {
    const other = others[i]!;
    if (other.at.start === edit.at.start) {
      // Two fixes that add the very same entry mean one.
      if (!other.entry || !edit.entry || other.at.end !== edit.at.end || other.text === edit.text) return true;
    } else return other.at.start < edit.at.end;
  }
  return false;
}

/** Where an edit belongs among others, which are in order and share no text: in front of those that begin where it does. */
function placeOf({ at }: Edit, others: readonly Edit[]): number {
  let low = 0;
  let high = others.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (others[middle]!.at.start < at.start) low = middle + 1;
    else high = middle;
  }
  return low;
}
