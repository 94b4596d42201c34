import { diffArrays } from "diff";
import { mask } from "../diagnostic.ts";
import type { Source, Span } from "../source.ts";

/** One side of a comparison. */
export interface DiffSide {
  readonly source: Source;
  /** Spans whose text must not be shown. */
  readonly secrets: readonly Span[];
}

/** A half-open range of offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A part of a text, and what has become of it. Everything outside the regions is the same. */
export interface Region {
  readonly before: Range;
  readonly after: Range;
}

/** Why a part of the new text is as it is. */
export interface Reason extends Range {
  /** What heads the hunk. */
  readonly name: string;
}

/** Lines that are shown around a change. */
const context = 3;

/**
 * The difference of two texts as a unified diff, each hunk headed by its reasons; empty if there is none. A secret is
 * one mask, however long; one that changes is a line that changes, although both lines look the same.
 * @param regions where the texts differ, in order: so that a large file takes no longer than its changes
 */
export function unifiedDiff(
  before: DiffSide,
  after: DiffSide,
  regions: readonly Region[],
  reasons: readonly Reason[],
): string {
  const secrets = new Map<string, string>();
  const from = new MaskedLines(before, secrets);
  const to = new MaskedLines(after, secrets);
  const changes = regions.length === 0 ? [] : changesIn(from, to, regions);
  if (changes.length === 0) return "";
  const parts = [`--- ${shown(before.source.path)}\n`, `+++ ${shown(after.source.path)}\n`];
  const headings = new Headings(after.source, reasons);
  for (const hunk of hunksOf(changes)) parts.push(printHunk(hunk, from, to, headings));
  return parts.join("");
}

/** Lines that are replaced: `count` from `at` on, 0-based. */
interface Change {
  readonly from: { readonly at: number; readonly count: number };
  readonly to: { readonly at: number; readonly count: number };
}

/** What changes inside the regions, line by line. */
function changesIn(from: MaskedLines, to: MaskedLines, regions: readonly Region[]): readonly Change[] {
  const changes: Change[] = [];
  for (const { before, after } of wholeLines(from, to, regions)) {
    let [i, k] = [before.start, after.start];
    let open: { from: { at: number; count: number }; to: { at: number; count: number } } | undefined;
    const lines = (all: MaskedLines, { start, end }: Range): string[] => all.lines.slice(start, end);
    for (const { added, removed, count } of diffArrays(lines(from, before), lines(to, after))) {
      if (!added && !removed) {
        open = undefined;
        i += count;
        k += count;
        continue;
      }
      if (!open) {
        open = { from: { at: i, count: 0 }, to: { at: k, count: 0 } };
        changes.push(open);
      }
      if (removed) {
        open.from.count += count;
        i += count;
      } else {
        open.to.count += count;
        k += count;
      }
    }
  }
  return changes;
}

/** Regions as ranges of lines; those that share a line are one. */
function wholeLines(from: MaskedLines, to: MaskedLines, regions: readonly Region[]): readonly Region[] {
  const result: { before: { start: number; end: number }; after: { start: number; end: number } }[] = [];
  for (const { before, after } of regions) {
    const whole = { before: from.around(before), after: to.around(after) };
    const last = result.at(-1);
    if (last && (whole.before.start < last.before.end || whole.after.start < last.after.end)) {
      last.before.end = Math.max(last.before.end, whole.before.end);
      last.after.end = Math.max(last.after.end, whole.after.end);
    } else result.push(whole);
  }
  return result;
}

/** Changes that are close to each other are shown together. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    if (change.from.at - end > 2 * context) hunks.push([change]);
    else hunks.at(-1)?.push(change);
    end = change.from.at + change.from.count;
  }
  return hunks;
}

function printHunk(changes: readonly Change[], from: MaskedLines, to: MaskedLines, headings: Headings): string {
  const [first, last] = [changes[0]!, changes.at(-1)!];
  const lead = Math.min(context, first.from.at);
  const end = last.from.at + last.from.count;
  const tail = Math.min(context, from.lines.length - end);
  const old = { at: first.from.at - lead, count: end + tail - (first.from.at - lead) };
  const now = { at: first.to.at - lead, count: last.to.at + last.to.count + tail - (first.to.at - lead) };
  const heading = headings.of(to.lineOf(now.at), to.lineOf(now.at + now.count));
  const place = `@@ -${range(from.lineOf(old.at), old.count)} +${range(to.lineOf(now.at), now.count)} @@`;
  const lines = [`${[place, ...(heading === "" ? [] : [heading])].join(" ")}\n`];
  const put = (mark: string, { lines: all }: MaskedLines, start: number, stop: number): void => {
    for (let i = start; i < stop; i++) lines.push(printLine(mark, all[i] ?? ""));
  };
  let done = old.at;
  for (const change of changes) {
    put(" ", from, done, change.from.at);
    put("-", from, change.from.at, change.from.at + change.from.count);
    put("+", to, change.to.at, change.to.at + change.to.count);
    done = change.from.at + change.from.count;
  }
  put(" ", from, done, end + tail);
  return lines.join("");
}

function printLine(mark: string, line: string): string {
  const ended = line.endsWith("\n");
  const text = shown(mark + (ended ? line.slice(0, -1) : line).replace(placeholder, mask));
  return ended ? `${text}\n` : `${text}\n\\ No newline at end of file\n`;
}

/** Of no lines, the format names the line before. */
const range = (start: number, lines: number): string =>
  lines === 1 ? `${start}` : `${lines === 0 ? start - 1 : start},${lines}`;

/** What heads each hunk; asked from the first hunk to the last. */
class Headings {
  readonly #reasons: readonly { readonly name: string; readonly first: number; readonly last: number }[];
  #next = 0;

  constructor(source: Source, reasons: readonly Reason[]) {
    this.#reasons = reasons
      .map(({ name, start, end }) => ({ name, first: source.position(start).line, last: source.position(end).line }))
      .sort((a, b) => a.first - b.first);
  }

  of(first: number, last: number): string {
    const names = new Set<string>();
    while ((this.#reasons[this.#next]?.last ?? first) < first) this.#next++;
    for (let i = this.#next; i < this.#reasons.length; i++) {
      const reason = this.#reasons[i]!;
      if (reason.first > last) break;
      if (reason.last >= first) names.add(reason.name);
    }
    return [...names].sort().join(", ");
  }
}

/** Stands for one secret while texts are compared. XML files hold no such character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point.
const placeholder = /\x01\d+\x01/g;

/** The lines of a text with secrets replaced, equal ones by equal placeholders; each with its line end. */
class MaskedLines {
  readonly lines: string[];
  /** Where each masked line begins, and the empty one behind the last line end. */
  readonly #starts: readonly number[];
  /** Replaced spans in order: where they are in the text, where their placeholder is, line ends that they lost. */
  readonly #replaced: { readonly start: number; readonly end: number; readonly at: number; readonly to: number }[] = [];
  /** Line ends that were lost up to a masked line. */
  readonly #lost: { readonly line: number; readonly total: number }[] = [];

  constructor({ source, secrets }: DiffSide, names: Map<string, string>) {
    const { text } = source;
    const parts: string[] = [];
    let [done, length, line, total] = [0, 0, 0, 0];
    for (const { start, end } of [...secrets].sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (start < done) continue;
      const before = text.slice(done, start);
      const secret = text.slice(start, end);
      const name = names.get(secret) ?? `\x01${names.size}\x01`;
      names.set(secret, name);
      parts.push(before, name);
      line += breaks(before);
      const at = length + before.length;
      this.#replaced.push({ start, end, at, to: at + name.length });
      length = at + name.length;
      done = end;
      const lost = breaks(secret);
      if (lost > 0) {
        total += lost;
        this.#lost.push({ line, total });
      }
    }
    parts.push(text.slice(done));
    this.lines = parts.join("").match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const starts = [0];
    for (const one of this.lines) if (one.endsWith("\n")) starts.push((starts.at(-1) ?? 0) + one.length);
    this.#starts = starts;
  }

  /** The 1-based line of the file that a 0-based masked line is. */
  lineOf(masked: number): number {
    const last = this.#lost[lastIndex(this.#lost, ({ line }) => line < masked)];
    return masked + 1 + (last?.total ?? 0);
  }

  /** The masked lines that a range of the text lies on, with the one that it ends at the beginning of. */
  around({ start, end }: Range): { start: number; end: number } {
    const lineAt = (offset: number): number =>
      Math.max(
        0,
        lastIndex(this.#starts, (at) => at <= offset),
      );
    const last = Math.min(lineAt(this.#masked(end, "to")) + 1, this.lines.length);
    return { start: Math.min(lineAt(this.#masked(start, "at")), last), end: last };
  }

  /** An offset of the text as one of the masked text; inside a secret, one of its ends. */
  #masked(offset: number, side: "at" | "to"): number {
    const last = this.#replaced[lastIndex(this.#replaced, ({ start }) => start < offset)];
    if (!last) return offset;
    return offset < last.end ? last[side] : offset - last.end + last.to;
  }
}

/** Index of the last item of which a test holds that holds of all before it; -1 if of none. */
function lastIndex<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const breaks = (text: string): number => text.split("\n").length - 1;

/** Tabs, and a carriage return at the end of a line, stay: a hunk without secrets can be applied with `patch`. */
const shown = (line: string): string =>
  line.replace(unprintable, (character, at: number) =>
    character === "\r" && at === line.length - 1 ? character : `\\u{${character.charCodeAt(0).toString(16)}}`,
  );

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
const unprintable = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
