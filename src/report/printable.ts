// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
const unprintable = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Text from a configuration, made safe for a terminal and a line: control characters, those that reorder text, and line
 * separators become `\u{…}`. Tabs become a space.
 */
export const printable = (text: string): string =>
  wellFormed(text).replace(unprintable, (character) =>
    character === "\t" ? " " : `\\u{${character.charCodeAt(0).toString(16)}}`,
  );

/** JSON with two blanks of indentation and a line end; characters that a terminal would act upon are escaped. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2).replace(unprintable, (character) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )}\n`;

/** `1 error`, `2 errors`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** Halves of surrogate pairs, which UTF-8 and URIs cannot hold, become U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");
