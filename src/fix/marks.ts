import type { Edit } from "../diagnostic.ts";
import { inOrder } from "../emit/apply.ts";
import type { Source } from "../source.ts";

/** A part of a text that exists because of a rule. Where something was removed it is empty. */
export interface Mark {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** An edit, and the rule that asked for it. */
export interface RuledEdit extends Edit {
  readonly rule: string;
}

/** The marks of a text after one more round of edits: the old ones where they are now, and those of the edits. */
export function moveMarks(marks: readonly Mark[], source: Source, edits: readonly RuledEdit[]): readonly Mark[] {
  const ordered = inOrder(source, edits) as readonly RuledEdit[];
  let shift = 0;
  const made = ordered.map(({ at, text, rule }) => {
    const start = at.start + shift;
    shift += text.length - (at.end - at.start);
    return { rule, start, end: start + text.length };
  });
  const moved = (offset: number): number => {
    let by = 0;
    for (const { at, text } of ordered) {
      if (at.start >= offset) break;
      // Inside what was replaced: the end of what replaces it.
      by = at.end > offset ? by + at.start + text.length - offset : by + text.length - (at.end - at.start);
    }
    return offset + by;
  };
  return [...marks.map(({ rule, start, end }) => ({ rule, start: moved(start), end: moved(end) })), ...made];
}
