import { structuredPatch } from "diff";
import { mask } from "../diagnostic.ts";
import type { Source, Span } from "../source.ts";

/** One side of a comparison. */
export interface DiffSide {
  readonly source: Source;
  /** Spans whose text must not be shown. */
  readonly secrets: readonly Span[];
}

/** Why a part of the new text is as it is. */
export interface Reason {
  readonly start: number;
  readonly end: number;
  /** What heads the hunk. */
  readonly name: string;
}

/**
 * The difference of two texts as a unified diff, each hunk headed by its reasons; empty if there is none. A secret is
 * one mask, however long; one that changes is a line that changes, although both lines look the same.
 */
export function unifiedDiff(before: DiffSide, after: DiffSide, reasons: readonly Reason[]): string {
  const names = new Map<string, string>();
  const from = masked(before, names);
  const to = masked(after, names);
  const { hunks } = structuredPatch("", "", from.text, to.text, undefined, undefined, { context: 3 });
  if (hunks.length === 0) return "";
  const lines = [`--- ${shown(before.source.path)}`, `+++ ${shown(after.source.path)}`];
  for (const { oldStart, oldLines, newStart, newLines, lines: content } of hunks) {
    const first = to.lineOf(newStart);
    const last = to.lineOf(newStart + newLines);
    const heading = [
      ...new Set(
        reasons
          .filter(({ start, end }) => lineAt(after, start) <= last && lineAt(after, end) >= first)
          .map(({ name }) => name),
      ),
    ].sort();
    const place = `@@ -${range(from.lineOf(oldStart), oldLines)} +${range(first, newLines)} @@`;
    lines.push([place, ...(heading.length > 0 ? [heading.join(", ")] : [])].join(" "));
    for (const line of content) lines.push(shown(line.replace(placeholder, mask)));
  }
  return `${lines.join("\n")}\n`;
}

const lineAt = ({ source }: DiffSide, offset: number): number => source.position(offset).line;

/** Of no lines, the format names the line before. */
const range = (start: number, lines: number): string =>
  lines === 1 ? `${start}` : `${lines === 0 ? start - 1 : start},${lines}`;

/** Stands for one secret while texts are compared. XML files hold no such character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point.
const placeholder = /\x01\d+\x01/g;

interface Masked {
  readonly text: string;
  /** The line of the file that a line of the masked text is: secrets of several lines became one. */
  lineOf(line: number): number;
}

/** A text with secrets replaced, equal ones by equal placeholders. */
function masked({ source, secrets }: DiffSide, names: Map<string, string>): Masked {
  const { text } = source;
  const folded: { readonly line: number; readonly lost: number }[] = [];
  let result = "";
  let done = 0;
  let line = 1;
  for (const { start, end } of [...secrets].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < done) continue;
    const secret = text.slice(start, end);
    const before = text.slice(done, start);
    line += breaks(before);
    const lost = breaks(secret);
    if (lost > 0) folded.push({ line, lost });
    const name = names.get(secret) ?? `\x01${names.size}\x01`;
    names.set(secret, name);
    result += before + name;
    done = end;
  }
  return {
    text: result + text.slice(done),
    lineOf: (wanted) => folded.reduce((sum, { line: at, lost }) => (at < wanted ? sum + lost : sum), wanted),
  };
}

const breaks = (text: string): number => text.split("\n").length - 1;

/** Tabs, and a carriage return at the end of a line, stay: a hunk without secrets can be applied with `patch`. */
const shown = (line: string): string =>
  line.replace(unprintable, (character, at: number) =>
    character === "\r" && at === line.length - 1 ? character : `\\u{${character.charCodeAt(0).toString(16)}}`,
  );

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
const unprintable = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
