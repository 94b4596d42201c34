import type { Source, Span } from "../source.ts";

/** A line that says something: without its end, comment lines and blank ones left out. */
export interface Line {
  /** Without outer white space. */
  readonly text: string;
  readonly at: Span;
  /** Whether it begins with white space, as options of a stanza do. */
  readonly indented: boolean;
}

/** Lines under one `[header]`; those before the first have the name "". */
export interface LineSection {
  readonly name: string;
  /** The header; of the first section, the beginning of the file. */
  readonly at: Span;
  readonly lines: readonly Line[];
}

/** Reads a text of lines: `#` begins a comment line, `[name]` a section where `headers` says so. Never throws. */
export function parseSections(source: Source, headers = true): readonly LineSection[] {
  const sections: { name: string; at: Span; lines: Line[] }[] = [{ name: "", at: source.span(0, 0), lines: [] }];
  for (const line of linesOf(source)) {
    const header = headers ? /^\[\s*(.*?)\s*\]/.exec(line.text) : null;
    if (header) sections.push({ name: header[1] ?? "", at: line.at, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections;
}

function* linesOf(source: Source): Generator<Line> {
  const { text } = source;
  for (let start = 0; start < text.length; ) {
    let end = start;
    while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
    const raw = text.slice(start, end);
    const trimmed = raw.trim();
    const first = start + raw.length - raw.trimStart().length;
    if (trimmed !== "" && !trimmed.startsWith("#")) {
      yield { text: trimmed, at: source.span(first, first + trimmed.length), indented: first > start };
    }
    start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }
}

/** A value and its place. */
export interface Placed {
  readonly text: string;
  readonly at: Span;
}

/** Part of a line by its offsets in the trimmed text. */
export const part = ({ text, at }: Line, from: number, to: number): Placed => ({
  text: text.slice(from, to),
  at: at.source.span(at.start + from, at.start + to),
});

/** `key: value`, or undefined. */
export function keyValue(line: Line): { readonly key: Placed; readonly value: Placed } | undefined {
  const match = /^([A-Za-z][\w-]*)\s*:\s*/.exec(line.text);
  if (!match) return undefined;
  return { key: part(line, 0, match[1]?.length ?? 0), value: part(line, match[0].length, line.text.length) };
}

/** Words of a placed text by a separator, each with its place. */
export function* split({ text, at }: Placed, separator: RegExp): Generator<Placed> {
  let from = 0;
  for (const match of [...text.matchAll(new RegExp(separator, "g")), undefined]) {
    const to = match?.index ?? text.length;
    if (to > from) yield { text: text.slice(from, to), at: at.source.span(at.start + from, at.start + to) };
    from = match ? to + match[0].length : to;
  }
}
