import type { Edit } from "../diagnostic.ts";
import { inOrder } from "../emit/apply.ts";
import type { Region } from "../emit/diff.ts";
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

/** The regions in which a text differs from the first one, after one more round of edits. */
export function addRegions(regions: readonly Region[], source: Source, edits: readonly Edit[]): readonly Region[] {
  const parts = [
    ...regions.map(({ before, after }) => ({ ...after, grown: length(after) - length(before), growing: 0 })),
    ...inOrder(source, edits).map(({ at, text }) => ({
      start: at.start,
      end: at.end,
      grown: 0,
      growing: text.length - length(at),
    })),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  const made: Region[] = [];
  // How much longer the present text is than the first one, and the next one than the present one, so far.
  let grown = 0;
  let growing = 0;
  for (let i = 0; i < parts.length; ) {
    const { start } = parts[i]!;
    const [beforeStart, afterStart] = [start - grown, start + growing];
    let end = start;
    for (; i < parts.length && parts[i]!.start <= end; i++) {
      const part = parts[i]!;
      end = Math.max(end, part.end);
      grown += part.grown;
      growing += part.growing;
    }
    made.push({ before: { start: beforeStart, end: end - grown }, after: { start: afterStart, end: end + growing } });
  }
  return made;
}

const length = ({ start, end }: { readonly start: number; readonly end: number }): number => end - start;
