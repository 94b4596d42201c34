/**
 * The bytes of a fixture as a string that a test can change: a byte that is no UTF-8 becomes a lone surrogate, U+DC80 to
 * U+DCFF, from which `bytesOf` makes the byte again.
 */
export function textOf(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const length = [1, 2, 3, 4].find((size) => decoded(bytes.subarray(i, i + size)) !== undefined);
    text += length ? decoded(bytes.subarray(i, i + length)) : String.fromCharCode(0xdc00 + (bytes[i] ?? 0));
    i += length ?? 1;
  }
  return text;
}

export const bytesOf = (text: string): Uint8Array =>
  Buffer.concat(
    text
      .split(/(?<![\ud800-\udbff])([\udc80-\udcff])/)
      .map((part, i) => (i % 2 === 1 ? Buffer.from([part.charCodeAt(0) - 0xdc00]) : Buffer.from(part, "utf8"))),
  );

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
