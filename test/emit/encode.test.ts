import fc from "fast-check";
import { expect, test } from "vitest";
import { encode } from "../../src/emit/encode.ts";
import { decode } from "../../src/parser/decode.ts";
import { anyDocument } from "../support/documents.ts";

test("bytes that were decoded come back", () => {
  fc.assert(
    fc.property(anyDocument(), (bytes) => {
      const { source } = decode("config.xml", bytes);
      expect(Buffer.compare(encode(source.text, source.encoding), bytes)).toBe(0);
    }),
  );
});

test("a byte order mark comes back in front of every encoding", () => {
  const bytes = Buffer.from('\xef\xbb\xbf<?xml version="1.0" encoding="iso-8859-1"?><pfsense>\xe9</pfsense>', "latin1");
  const { source } = decode("config.xml", bytes);
  expect(source.encoding).toMatchObject({ name: "iso-8859-1", bom: true, reversible: true });
  expect(Buffer.compare(encode(source.text, source.encoding), bytes)).toBe(0);
});

test("refuses what cannot be undone, and characters without a byte", () => {
  expect(() => encode("a", { name: "utf-8", bom: false, reversible: false })).toThrow(RangeError);
  expect(() => encode("東", { name: "iso-8859-1", bom: false, reversible: true })).toThrow(RangeError);
  expect(() => encode("é", { name: "us-ascii", bom: false, reversible: true })).toThrow(RangeError);
});
