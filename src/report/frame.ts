import { type Diagnostic, type Frame, mask } from "../diagnostic.ts";
import { overlapping, type Source, type Span } from "../source.ts";
import { printable } from "./printable.ts";

/** Longest part of a line that a frame shows. */
const width = 160;

/** The frame of a diagnostic's own place. */
export const frameFor = ({ at, frame }: Diagnostic, secrets: readonly Span[]): Frame => frame ?? frameOf(at, secrets);

/**
 * The first line of a span, fit to be shown: secrets masked, control characters escaped, long lines cut around the span.
 * @param secrets spans, in any source, whose text must not be shown
 */
export function frameOf(at: Span, secrets: readonly Span[]): Frame {
  const { source } = at;
  const { line } = source.position(at.start);
  const start = source.lineStart(line);
  const end = start + source.line(line).length;
  const marks = marksOn(secrets, source, Math.max(start, at.start - reach), Math.min(end, at.end + reach));
  const whole = around(at, marks);
  const from = Math.min(whole.start, end);
  const to = Math.max(Math.min(whole.end, end), from);
  // A line may be as long as the file: what cannot be shown is not looked at.
  const before = shown(source.text, Math.max(start, from - reach), from, marks);
  const inside = shown(source.text, from, Math.min(to, from + reach), marks);
  const behind = shown(source.text, to, Math.min(end, to + reach), marks);
  const cut = Math.max(0, before.length - Math.floor(width / 2));
  const lead = cut > 0 || from - reach > start ? `…${before.slice(cut + 1)}` : before;
  const text = lead + inside + behind;
  const visible = text.length > width ? `${text.slice(0, width - 1)}…` : text;
  const carets = Math.max(1, Math.min(inside.length, visible.length - lead.length));
  return { line, text: visible, caret: " ".repeat(lead.length) + "^".repeat(carets) };
}

/** How far from the span a line is read. */
const reach = 4 * width;

const bySource = new WeakMap<readonly Span[], ReadonlyMap<Source, readonly Range[]>>();

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The secrets of a source that lie on a part of it, in order, none within another. */
function marksOn(secrets: readonly Span[], source: Source, from: number, to: number): readonly Range[] {
  let sorted = bySource.get(secrets);
  if (!sorted) {
    sorted = merged(secrets);
    bySource.set(secrets, sorted);
  }
  return [...overlapping(sorted.get(source) ?? [], from, to)];
}

/** Of each source; those that share text are one. */
function merged(secrets: readonly Span[]): ReadonlyMap<Source, readonly Range[]> {
  const groups = new Map<Source, { start: number; end: number }[]>();
  for (const { source, start, end } of [...secrets].sort((a, b) => a.start - b.start)) {
    const group = groups.get(source) ?? [];
    groups.set(source, group);
    const last = group.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else group.push({ start, end });
  }
  return groups;
}

/** A span that begins or ends in a secret begins or ends with it, so that the secret is one mask. */
function around({ start, end }: Range, secrets: readonly Range[]): Range {
  const first = secrets.find((secret) => secret.start < start && start < secret.end);
  const last = secrets.find((secret) => secret.start < end && end < secret.end);
  return { start: first?.start ?? start, end: last?.end ?? end };
}

/** The text between two offsets, each secret in it as one mask. */
function shown(text: string, from: number, to: number, secrets: readonly Range[]): string {
  let result = "";
  let i = from;
  for (const secret of secrets) {
    if (secret.end <= i || secret.start >= to) continue;
    result += clean(text.slice(i, Math.max(i, secret.start))) + mask;
    i = Math.min(to, secret.end);
  }
  return result + clean(text.slice(i, to));
}

const clean = (text: string): string => printable(text.replaceAll("\t", "  "));
