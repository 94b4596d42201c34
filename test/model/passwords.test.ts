import { compareSync } from "bcryptjs";
import { expect, test, vi } from "vitest";
import { Passwords } from "../../src/model/passwords.ts";
import { Secret } from "../../src/model/secret.ts";
import type { User } from "../../src/model/system.ts";
import { configOf } from "../support/pair.ts";

const account = (hashes: string): User =>
  configOf(`<pfsense><system><user><name>a</name>${hashes}</user></system></pfsense>`).system.users[0]!;
const verify = (password: string, hashes: string): boolean | undefined =>
  new Passwords(compareSync).verify(new Secret(password), account(hashes));

const word = "example-sync-pass";
const bcrypt = "$2b$04$FGrDxP8Fty7M..ABt6TPXuRUK5xyeTlHFgqkF4xVJPjhw8m1gviWq";
const sha512 = "$6$examplesalt$f5h6ZWmVo7y/emLsKry62fI9esyNUy9Gw2ChiZVxWEdIvsr7S5jMLAlwIZDkKUgTAh4kg.BKvw1uAgdJOYqWd1";
const old = "$1$abcdefgh$T5us3NFHobpealzLLSUux/";

test.for([
  ["bcrypt", word, `<bcrypt-hash>${bcrypt}</bcrypt-hash>`],
  ["bcrypt as PHP writes it", word, `<bcrypt-hash>${bcrypt.replace("$2b$", "$2y$")}</bcrypt-hash>`],
  ["SHA-512 crypt", word, `<sha512-hash>${sha512}</sha512-hash>`],
  ["MD5 crypt", "example-old-pass", `<password>${old}</password>`],
  ["any kind of crypt in the old field", word, `<password>${bcrypt}</password>`],
  ["bare MD5", "example-old-pass", "<md5-hash>60a3998fa892ad847d96e3b4c2cccaf4</md5-hash>"],
  ["any of several", "example-old-pass", `<bcrypt-hash>${bcrypt}</bcrypt-hash><password>${old}</password>`],
  ["one that is known beside one that is not", word, `<bcrypt-hash>${bcrypt}</bcrypt-hash><password>old</password>`],
] as const)("%s is verified", ([, password, hashes]) => {
  expect(verify(password, hashes)).toBe(true);
  if (!hashes.includes(">old<")) expect(verify(`${password}.`, hashes)).toBe(false);
});

test.for([
  ["there is no hash", word, ""],
  ["the hash is empty", word, "<bcrypt-hash></bcrypt-hash>"],
  ["the hash is masked", word, "<bcrypt-hash>xxxxx</bcrypt-hash>"],
  ["one of several is masked", "other", `<bcrypt-hash>${bcrypt}</bcrypt-hash><md5-hash>*****</md5-hash>`],
  ["the hash is cut short", word, `<bcrypt-hash>${bcrypt.slice(0, -1)}</bcrypt-hash>`],
  ["the hash is of another kind", word, "<sha512-hash>$5$salt$abc</sha512-hash>"],
  ["the hash is of DES", word, "<password>abJnggxhB/yWI</password>"],
  ["the MD5 is none", word, "<md5-hash>abc</md5-hash>"],
  ["it would take for ever", word, `<bcrypt-hash>${bcrypt.replace("$04$", "$15$")}</bcrypt-hash>`],
  ["the password is empty", "", `<bcrypt-hash>${bcrypt}</bcrypt-hash>`],
  ["the password is masked", "********", `<bcrypt-hash>${bcrypt}</bcrypt-hash>`],
] as const)("nothing is said where %s", ([, password, hashes]) => {
  expect(verify(password, hashes)).toBeUndefined();
});

test("a pair of hash and password is verified once", () => {
  const compare = vi.fn(compareSync);
  const passwords = new Passwords(compare);
  for (const password of [word, word, "other"]) {
    for (let i = 0; i < 3; i++) passwords.verify(new Secret(password), account(`<bcrypt-hash>${bcrypt}</bcrypt-hash>`));
  }
  expect(compare).toHaveBeenCalledTimes(2);
});
