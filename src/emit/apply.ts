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
  for (const one of wanted) {
    const { edits } = one.fix;
    if (edits.some((edit) => taken.get(edit.at.source)?.some((other) => collide(edit, other)))) continue;
    chosen.push(one);
    for (const edit of edits) {
      const there = taken.get(edit.at.source);
      if (there) there.push(edit);
      else taken.set(edit.at.source, [edit]);
    }
  }
  return chosen;
}

/** Whether two edits of one source share text, or put things at one place that may not stand beside each other. */
function collide(a: Edit, b: Edit): boolean {
  if (a.at.start === b.at.start) return !(a.entry && b.entry && a.at.end === b.at.end);
  return a.at.start < b.at.end && b.at.start < a.at.end;
}
