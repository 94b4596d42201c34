import { md5 } from "./md5.ts";
import { sha512 } from "./sha512.ts";

/** crypt(3) as PHP has it, for the kinds of hashes that pfSense has kept: `$6$` and `$1$`. */

const alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const join = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/** The bytes of a block, over and over, up to a length. */
const repeated = (block: Uint8Array, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => block[i % block.length]!);

/** Three bytes as four letters, six bits each, the lowest first; fewer letters at the end. */
function letters(high: number, middle: number, low: number, count: number): string {
  let value = (high << 16) | (middle << 8) | low;
  let text = "";
  for (let i = 0; i < count; i++) {
    text += alphabet[value & 63];
    value >>= 6;
  }
  return text;
}

/** More rounds than this are not computed: a file must not be able to keep its reader busy. pfSense uses 5000. */
const mostRounds = 200_000;

/**
 * SHA-512 crypt ("Unix crypt using SHA-256 and SHA-512", Drepper), the salt taken from a hash.
 * @returns undefined if it is no such hash, or one of more rounds than can be asked for
 */
export function sha512Crypt(password: string, hash: string): string | undefined {
  const parts = /^\$6\$(?:rounds=(\d{1,9})\$)?([^$]{0,16})[^$]*(?:\$|$)/.exec(hash);
  if (!parts) return undefined;
  const [, given, saltText = ""] = parts;
  const rounds = given === undefined ? 5000 : Number(given);
  if (rounds < 1000 || rounds > mostRounds) return undefined;
  const key = bytesOf(password);
  const salt = bytesOf(saltText);
  const inner = sha512(join(key, salt, key));

  const first: Uint8Array[] = [key, salt, repeated(inner, key.length)];
  for (let n = key.length; n > 0; n >>= 1) first.push(n & 1 ? inner : key);
  let digest = sha512(join(...first));

  const p = repeated(sha512(join(...Array<Uint8Array>(key.length).fill(key))), key.length);
  const s = repeated(sha512(join(...Array<Uint8Array>(16 + digest[0]!).fill(salt))), salt.length);
  for (let i = 0; i < rounds; i++) {
    digest = sha512(join(i & 1 ? p : digest, i % 3 ? s : empty, i % 7 ? p : empty, i & 1 ? digest : p));
  }

  let text = "";
  for (let i = 0; i < 21; i++) {
    const [a, b, c] = [i, i + 21, i + 42];
    const order = i % 3 === 0 ? [a, b, c] : i % 3 === 1 ? [b, c, a] : [c, a, b];
    text += letters(digest[order[0]!]!, digest[order[1]!]!, digest[order[2]!]!, 4);
  }
  text += letters(0, 0, digest[63]!, 2);
  return `$6$${given === undefined ? "" : `rounds=${given}$`}${saltText}$${text}`;
}

const empty = new Uint8Array(0);

/** MD5 crypt (FreeBSD `crypt-md5.c`), the salt taken from a hash; undefined if it is no such hash. */
export function md5Crypt(password: string, hash: string): string | undefined {
  const saltText = /^\$1\$([^$]{0,8})/.exec(hash)?.[1];
  if (saltText === undefined) return undefined;
  const key = bytesOf(password);
  const salt = bytesOf(saltText);
  const inner = md5(join(key, salt, key));

  const first: Uint8Array[] = [key, bytesOf("$1$"), salt, repeated(inner, key.length)];
  // A bug that every implementation has to share: where a byte of the password is meant, it takes the first one.
  for (let n = key.length; n > 0; n >>= 1) first.push(n & 1 ? Uint8Array.of(0) : key.slice(0, 1));
  let digest = md5(join(...first));
  for (let i = 0; i < 1000; i++) {
    digest = md5(join(i & 1 ? key : digest, i % 3 ? salt : empty, i % 7 ? key : empty, i & 1 ? digest : key));
  }

  let text = "";
  for (let i = 0; i < 5; i++) text += letters(digest[i]!, digest[i + 6]!, digest[i === 4 ? 5 : i + 12]!, 4);
  text += letters(0, 0, digest[11]!, 2);
  return `$1$${saltText}$${text}`;
}

/** The MD5 digest of a password in hexadecimal, as PHP's `md5()` writes it. */
export const md5Hex = (password: string): string =>
  Array.from(md5(bytesOf(password)), (byte) => byte.toString(16).padStart(2, "0")).join("");
