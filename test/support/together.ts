import { structuredPatch } from "diff";
import { clusterFrom, type Files, readFiles, small } from "./pair.ts";

/** Lines of the small pair that a fault replaces, from `start` (0-based), and what it puts there. */
interface Hunk {
  readonly start: number;
  readonly removed: number;
  readonly added: readonly string[];
}

/** The small pair with the faults of many fixtures at once: of those that were made from it, load, and do not collide. */
export function faultsTogether(paths: readonly string[]): {
  readonly files: Files;
  readonly folders: readonly string[];
} {
  const taken = { primary: [] as Hunk[], secondary: [] as Hunk[] };
  const folders: string[] = [];
  for (const path of paths) {
    const files = readFiles(path);
    if (!clusterFrom(files).nodes.every(({ config }) => config.loads)) continue;
    const hunks = {
      primary: hunksOf(small.primary, files.primary),
      secondary: hunksOf(small.secondary, files.secondary),
    };
    const changed = [...hunks.primary, ...hunks.secondary];
    if (changed.reduce((sum, { removed, added }) => sum + removed + added.length, 0) > 60) continue;
    const free = (["primary", "secondary"] as const).every((role) =>
      hunks[role].every((hunk) => taken[role].every((other) => apart(hunk, other))),
    );
    if (!free) continue;
    const next = { primary: [...taken.primary, ...hunks.primary], secondary: [...taken.secondary, ...hunks.secondary] };
    const both = { primary: applied(small.primary, next.primary), secondary: applied(small.secondary, next.secondary) };
    if (!clusterFrom(both).nodes.every(({ config }) => config.loads)) continue;
    taken.primary = next.primary;
    taken.secondary = next.secondary;
    folders.push(path);
  }
  return {
    files: { primary: applied(small.primary, taken.primary), secondary: applied(small.secondary, taken.secondary) },
    folders,
  };
}

const hunksOf = (before: string, after: string): readonly Hunk[] =>
  structuredPatch("", "", before, after, undefined, undefined, { context: 0 }).hunks.map((hunk) => ({
    start: hunk.oldStart - 1,
    removed: hunk.oldLines,
    added: hunk.lines.filter((line) => line.startsWith("+")).map((line) => line.slice(1)),
  }));

const apart = (a: Hunk, b: Hunk): boolean => a.start + a.removed < b.start || b.start + b.removed < a.start;

function applied(text: string, hunks: readonly Hunk[]): string {
  const lines = text.split("\n");
  for (const { start, removed, added } of [...hunks].sort((a, b) => b.start - a.start))
    lines.splice(start, removed, ...added);
  return lines.join("\n");
}
