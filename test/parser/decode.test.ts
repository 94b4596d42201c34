import { expect, test } from "vitest";
import { decode } from "../../src/parser/decode.ts";

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));

test("takes UTF-8, with and without a byte order mark, which is no part of the text", () => {
  const plain = decode("a.xml", bytes("<pfsense>é</pfsense>"));
  expect(plain.fault).toBeUndefined();
  expect(plain.source.encoding).toEqual({ name: "utf-8", bom: false, reversible: true });
  expect(plain.source.isAscii).toBe(false);
  const marked = decode("a.xml", bytes([0xef, 0xbb, 0xbf], "<pfsense>é</pfsense>"));
  expect(marked.source.text).toBe(plain.source.text);
  expect(marked.source.encoding.bom).toBe(true);
});

test("takes the encoding that the declaration names", () => {
  const { source, fault } = decode(
    "a.xml",
    bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a>', [0xe9, 0x80], "</a>"),
  );
  expect(fault).toBeUndefined();
  expect(source.text.slice(-6, -4)).toBe("\u00e9\u0080");
  expect(source.encoding.name).toBe("iso-8859-1");
});

test.for([
  ["a Latin-1 byte", bytes("<a>é", [0xfc], "</a>"), 4, "byte 0xfc is not valid UTF-8"],
  ["a sequence that is cut off", bytes("<a>", [0xe6, 0x9d], "</a>"), 3, "byte 0xe6 is not valid UTF-8"],
  ["an overlong form", bytes("<a>", [0xc0, 0xaf], "</a>"), 3, "byte 0xc0 is not valid UTF-8"],
  ["a surrogate", bytes("<a>", [0xed, 0xa0, 0x80], "</a>"), 3, "byte 0xed is not valid UTF-8"],
  ["a code point beyond Unicode", bytes("<a>", [0xf4, 0x90, 0x80, 0x80], "</a>"), 3, "byte 0xf4 is not valid UTF-8"],
  ["UTF-16", bytes([0xff, 0xfe, 0x3c, 0]), 0, "encoding: expected UTF-8, found UTF-16LE"],
  [
    "an encoding that it does not know",
    bytes('<?xml version="1.0" encoding="EBCDIC"?><a/>'),
    0,
    "encoding: expected UTF-8, found ebcdic",
  ],
  [
    "a high byte in US-ASCII",
    bytes('<?xml version="1.0" encoding="us-ascii"?><a>é</a>'),
    44,
    "byte 0xc3 is not valid US-ASCII",
  ],
] as const)("points at %s", ([, input, offset, message]) => {
  const { source, fault } = decode("a.xml", input);
  expect(fault?.message).toBe(message);
  expect(fault?.at.start).toBe(offset);
  expect(source.encoding.reversible).toBe(false);
});
