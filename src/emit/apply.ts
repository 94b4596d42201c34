import type { Edit } from "../diagnostic.ts";
import type { Source } from "../source.ts";

/**
 * The text of a source with edits made; everything outside them stays as it is.
 * @throws RangeError if two edits overlap or begin at one place
 */
export function applyEdits(source: Source, edits: readonly Edit[]): string {
  const own = edits
    .filter(({ at }) => at.source === source)
    .sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  let text = "";
  let done = 0;
  let lastStart = -1;
  for (const { at, text: replacement } of own) {
    if (at.start < done || at.start === lastStart) throw new RangeError("edits overlap");
    text += source.text.slice(done, at.start) + replacement;
    done = at.end;
    lastStart = at.start;
  }
  return text + source.text.slice(done);
}
