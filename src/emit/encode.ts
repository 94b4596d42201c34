import type { Encoding } from "../source.ts";

/**
 * Text as the bytes of a file, with the encoding and the byte order mark that the file came with.
 * @throws RangeError if the encoding has no bytes for a character, or the file was not decoded in a way to go back
 */
export function encode(text: string, { name, bom, reversible }: Encoding): Uint8Array {
  if (!reversible) throw new RangeError("a file with undecodable bytes cannot be written again");
  if (name === "utf-8") return new TextEncoder().encode(bom ? `\ufeff${text}` : text);
  const highest = name === "us-ascii" ? 0x7f : 0xff;
  const mark = bom ? [0xef, 0xbb, 0xbf] : [];
  const bytes = new Uint8Array(mark.length + text.length);
  bytes.set(mark);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > highest) throw new RangeError("a character has no place in the encoding of the file");
    bytes[mark.length + i] = code;
  }
  return bytes;
}
