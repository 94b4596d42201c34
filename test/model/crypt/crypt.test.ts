import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { md5Crypt, md5Hex, sha512Crypt } from "../../../src/model/crypt/crypt.ts";
import { md5 } from "../../../src/model/crypt/md5.ts";
import { sha512 } from "../../../src/model/crypt/sha512.ts";

const lengths = [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 110, 111, 112, 113, 127, 128, 129, 255, 256, 1000];
const message = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256);

test.for(lengths)("digests of %i bytes are those of another implementation", (length) => {
  const bytes = message(length);
  expect(Buffer.from(sha512(bytes)).toString("hex")).toBe(createHash("sha512").update(bytes).digest("hex"));
  expect(Buffer.from(md5(bytes)).toString("hex")).toBe(createHash("md5").update(bytes).digest("hex"));
});

/** Test vectors of the specification, "Unix crypt using SHA-256 and SHA-512", those of at most 100 000 rounds; the last is ours. */
test.for([
  [
    "Hello world!",
    "$6$saltstring",
    "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
  ],
  [
    "Hello world!",
    "$6$rounds=10000$saltstringsaltstring",
    "$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.",
  ],
  [
    "This is just a test",
    "$6$rounds=5000$toolongsaltstring",
    "$6$rounds=5000$toolongsaltstrin$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0",
  ],
  [
    "a very much longer text to encrypt.  This one even stretches over morethan one line.",
    "$6$rounds=1400$anotherlongsaltstring",
    "$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1",
  ],
  [
    "we have a short salt string but not a short password",
    "$6$rounds=77777$short",
    "$6$rounds=77777$short$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0",
  ],
  ["päß wörd €", "$6$s", "$6$s$z9SrrRe5gElkjpWHyTmAF9G9WE23mP58hvfaBYzFB040u3DVtDTDTxpoh7jjE3tbb9tBvtQeL7A1UFCV7vnvY."],
] as const)("SHA-512 crypt of %j with %s", ([password, setting, hash]) => {
  expect(sha512Crypt(password, setting)).toBe(hash);
});

test.for([
  ["fewer rounds than the specification has", "$6$rounds=10$roundstoolow"],
  ["more rounds than are computed", "$6$rounds=999999999$salt$x"],
  ["another kind", "$5$saltstring"],
] as const)("SHA-512 crypt is not computed for %s", ([, setting]) => {
  expect(sha512Crypt("Hello world!", setting)).toBeUndefined();
});

test("a hash is a setting, and another password gives another hash", () => {
  const hash = "$6$s$z9SrrRe5gElkjpWHyTmAF9G9WE23mP58hvfaBYzFB040u3DVtDTDTxpoh7jjE3tbb9tBvtQeL7A1UFCV7vnvY.";
  expect(sha512Crypt("päß wörd €", hash)).toBe(hash);
  expect(sha512Crypt("päß wörd", hash)).not.toBe(hash);
});

/** Computed by `openssl passwd -1`. */
test.for([
  ["example-old-pass", "$1$abcdefgh$T5us3NFHobpealzLLSUux/"],
  ["a longer password than the digest is", "$1$abcdefgh$H6.o7wrDf/yMKjg22Y0cw."],
  ["päss", "$1$xy$IXcxKOD59Br4ksYGtx2Su/"],
] as const)("MD5 crypt of %j", ([password, hash]) => {
  expect(md5Crypt(password, hash)).toBe(hash);
  expect(md5Crypt(`${password}.`, hash)).not.toBe(hash);
  expect(md5Crypt(password, hash.replace("$1$", "$5$"))).toBeUndefined();
});

test("a bare MD5 is written in hexadecimal", () => {
  expect(md5Hex("example-old-pass")).toBe(createHash("md5").update("example-old-pass").digest("hex"));
});
