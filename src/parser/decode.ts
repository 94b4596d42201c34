import { type Encoding, Source } from "../source.ts";
import type { XmlFault } from "./xml-document.ts";

/** A source, and what of its bytes was no text. */
export interface Decoded {
  readonly source: Source;
  readonly fault: XmlFault | undefined;
}

/**
 * Turns the bytes of a file into text: the encoding that the XML declaration names, UTF-8 if it names none. UTF-8,
 * ISO-8859-1 and US-ASCII are known; bytes that do not follow the encoding become U+FFFD and one fault at the first.
 */
export function decode(path: string, bytes: Uint8Array): Decoded {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = bom ? bytes.subarray(3) : bytes;
  const wide = wideEncoding(bytes);
  if (wide) {
    const text = new TextDecoder(wide).decode(bytes);
    return failed(
      path,
      text,
      { name: "utf-8", bom, reversible: false },
      0,
      `encoding: expected UTF-8, found ${wide.toUpperCase()}`,
      "save the file as UTF-8",
    );
  }
  const declared = declaredEncoding(content);
  if (declared === "iso-8859-1") {
    return ok(path, latin1(content), { name: declared, bom, reversible: true });
  }
  if (declared !== "utf-8" && declared !== "us-ascii") {
    const text = new TextDecoder().decode(content);
    return failed(
      path,
      text,
      { name: "utf-8", bom, reversible: false },
      0,
      `encoding: expected UTF-8, found ${declared}`,
      "save the file as UTF-8",
    );
  }
  const strict = declared === "utf-8" ? strictUtf8(content) : undefined;
  if (strict !== undefined) {
    return ok(path, strict, { name: declared, bom, reversible: true }, strict.length === content.length);
  }
  const invalid = declared === "us-ascii" ? firstNonAscii(content) : firstInvalidUtf8(content);
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
  if (invalid === -1) return ok(path, text, { name: declared, bom, reversible: true }, true);
  const offset = new TextDecoder("utf-8", { ignoreBOM: true }).decode(content.subarray(0, invalid)).length;
  const byte = (content[invalid] ?? 0).toString(16).padStart(2, "0");
  return failed(
    path,
    text,
    { name: declared, bom, reversible: false },
    offset,
    `byte 0x${byte} is not valid ${declared.toUpperCase()}`,
    "convert the file to UTF-8; it was saved in another encoding, often Latin-1",
  );
}

const ok = (path: string, text: string, encoding: Encoding, isAscii = false): Decoded => ({
  source: new Source(path, text, encoding, isAscii),
  fault: undefined,
});

function failed(
  path: string,
  text: string,
  encoding: Encoding,
  offset: number,
  message: string,
  help: string,
): Decoded {
  const source = new Source(path, text, encoding);
  return { source, fault: { at: source.span(offset, Math.min(offset + 1, text.length)), message, help } };
}

/** UTF-16, by its byte order mark or by the zero bytes that ASCII has in it. */
function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return "utf-16le";
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return "utf-16be";
  return undefined;
}

function declaredEncoding(bytes: Uint8Array): string {
  const head = latin1(bytes.subarray(0, 200));
  const name = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head)?.[1]?.toLowerCase();
  if (name === undefined || name === "utf8") return "utf-8";
  if (name === "latin1" || name === "latin-1" || name === "iso8859-1") return "iso-8859-1";
  return name === "ascii" ? "us-ascii" : name;
}

/** Byte for character, which `TextDecoder("iso-8859-1")` is not: it means Windows-1252 by that name. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

const firstNonAscii = (bytes: Uint8Array): number => bytes.findIndex((byte) => byte > 0x7f);

/** Offset of the first byte that begins no valid UTF-8 sequence (RFC 3629); -1 if there is none. */
function firstInvalidUtf8(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return i;
    i += length;
  }
  return -1;
}

/** The text, or undefined if some byte is not valid. */
function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Length of the valid sequence at `i`, or 0. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  for (let k = 1; k < length; k++) {
    const byte = bytes[i + k] ?? 0;
    const low = k > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = k > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return 0;
  }
  return length;
}
