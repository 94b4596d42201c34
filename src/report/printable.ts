/**
 * Text from a configuration, made safe for a terminal and a line: control characters, those that reorder text, and line
 * separators become `\u{…}`. Tabs become a space.
 */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
  text.replace(/[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) =>
    character === "\t" ? " " : `\\u{${character.charCodeAt(0).toString(16)}}`,
  );

/** `1 error`, `2 errors`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
