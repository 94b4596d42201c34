import { type Diagnostic, type Frame, mask } from "../diagnostic.ts";
import type { Span } from "../source.ts";
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
  const marks = secrets
    .filter((secret) => secret.source === source && secret.start < end && secret.end > start)
    .sort((a, b) => a.start - b.start);
  const before = shown(source.text, start, Math.min(at.start, end), marks);
  const inside = shown(
    source.text,
    Math.min(at.start, end),
    Math.max(Math.min(at.end, end), Math.min(at.start, end)),
    marks,
  );
  const behind = shown(source.text, Math.max(Math.min(at.end, end), Math.min(at.start, end)), end, marks);
  const cut = Math.max(0, before.length - Math.floor(width / 2));
  const lead = cut > 0 ? `…${before.slice(cut + 1)}` : before;
  const text = lead + inside + behind;
  const visible = text.length > width ? `${text.slice(0, width - 1)}…` : text;
  const carets = Math.max(1, Math.min(inside.length, visible.length - lead.length));
  return { line, text: visible, caret: " ".repeat(lead.length) + "^".repeat(carets) };
}

/** The text between two offsets; a secret that begins there becomes a mask, the rest of one is left out. */
function shown(text: string, from: number, to: number, secrets: readonly Span[]): string {
  let result = "";
  let i = from;
  for (const secret of secrets) {
    if (secret.end <= i || secret.start >= to) continue;
    result += clean(text.slice(i, Math.max(i, secret.start)));
    if (secret.start >= from || i === from) result += mask;
    i = Math.min(to, secret.end);
  }
  return result + clean(text.slice(i, to));
}

const clean = (text: string): string => printable(text.replaceAll("\t", "  "));
