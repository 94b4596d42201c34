/** How the bytes of a file were turned into text; enough to turn the text back into the same bytes. */
export interface Encoding {
  readonly name: "utf-8" | "iso-8859-1" | "us-ascii";
  /** Whether the file began with a UTF-8 byte order mark. It is not part of the text. */
  readonly bom: boolean;
  /**
   * False if some byte could not be decoded and stands in the text as U+FFFD: such a file can be shown, not rewritten.
   */
  readonly reversible: boolean;
}

/** A place for people and editors: 1-based line and column, columns in UTF-16 units; offset 0-based, in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A half-open range of UTF-16 offsets in one source. It carries its source because a pair has two. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/**
 * Those of a list of ranges, in order and none within another, that share something with one more range; found without
 * looking at all of them.
 */
export function* overlapping<T extends { readonly start: number; readonly end: number }>(
  ranges: readonly T[],
  from: number,
  to: number,
): Generator<T> {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.end <= from) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < ranges.length && ranges[i]!.start < to; i++) yield ranges[i]!;
}

/** One input: its path as the user gave it, and its text. Lines end at LF, CR LF or a lone CR, as in an editor. */
export class Source {
  readonly path: string;
  readonly text: string;
  readonly encoding: Encoding;
  /** Whether the text is known to hold ASCII characters only. */
  readonly isAscii: boolean;
  #lineStarts: readonly number[] | undefined;

  constructor(
    path: string,
    text: string,
    encoding: Encoding = { name: "utf-8", bom: false, reversible: true },
    isAscii = false,
  ) {
    this.path = path;
    this.text = text;
    this.encoding = encoding;
    this.isAscii = isAscii;
  }

  /** The same file with another text, which nobody has looked at yet. */
  withText(text: string): Source {
    const { name, bom, reversible } = this.encoding;
    return new Source(this.path, text, { name, bom, reversible });
  }

  /** The line end that the file uses, by its first one; LF if it has none. */
  get eol(): "\n" | "\r\n" {
    const first = this.text.indexOf("\n");
    return first > 0 && this.text.charCodeAt(first - 1) === 13 ? "\r\n" : "\n";
  }

  span(start: number, end: number): Span {
    return { source: this, start, end };
  }

  position(offset: number): Position {
    const starts = this.#lines();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
  }

  /** The text of a 1-based line, without its line end; empty beyond the last line. */
  line(number: number): string {
    const starts = this.#lines();
    const start = starts[number - 1];
    if (start === undefined) return "";
    let end = starts[number] ?? this.text.length;
    while (end > start && isLineBreak(this.text.charCodeAt(end - 1))) end--;
    return this.text.slice(start, end);
  }

  /** Where a 1-based line begins, as an offset. */
  lineStart(number: number): number {
    return this.#lines()[number - 1] ?? this.text.length;
  }

  #lines(): readonly number[] {
    if (this.#lineStarts) return this.#lineStarts;
    const { text } = this;
    const starts = [0];
    if (text.includes("\r")) {
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
      }
    } else {
      for (let i = text.indexOf("\n"); i !== -1; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
    }
    this.#lineStarts = starts;
    return starts;
  }
}

export const spanText = ({ source, start, end }: Span): string => source.text.slice(start, end);

const isLineBreak = (code: number): boolean => code === 10 || code === 13;
