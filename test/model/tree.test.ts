import * as fc from "fast-check";
import { expect, test } from "vitest";
import { dialectOf } from "../../src/model/dialect.ts";
import { elementPath } from "../../src/model/path.ts";
import { readConfig } from "../../src/model/read.ts";
import { isSecretName, Secret } from "../../src/model/secret.ts";
import { secretSpans } from "../../src/model/secret-spans.ts";
import type { Tree } from "../../src/model/tree.ts";
import { decode } from "../../src/parser/decode.ts";
import { spanText } from "../../src/source.ts";
import { document, garbage } from "../support/arbitrary-xml.ts";
import { configOf } from "../support/pair.ts";

const read = (text: string) => readConfig(decode("x.xml", new TextEncoder().encode(text)));
const root = (text: string): Tree => read(`<pfsense>${text}</pfsense>`).root!;

test.for([
  ["a value", "<a>\n\tvalue\n</a>", "value"],
  ["a value in CDATA, inside the brackets", "<a><![CDATA[one &amp; two]]></a>", "one &amp; two"],
  ["the gap of an empty element", "<a></a>", ""],
  ["the tag of one that has no gap", "<a/>", "<a/>"],
  ["the open tag of one with children", "<a>\n<b>1</b></a>", "<a>"],
] as const)("points at %s", ([, text, expected]) => {
  expect(spanText(root(text).get("a")!.at)).toBe(expected);
});

test("points at the parent of what is missing, however much is missing", () => {
  const tree = root("<system><a>1</a></system>");
  expect(spanText(tree.path("system/webgui/port").at)).toBe("<system>");
  expect(spanText(tree.path("hasync/pfsyncpeerip").at)).toBe("<pfsense>");
  expect(tree.path("hasync/pfsyncpeerip").present).toBe(false);
});

test("names the path of a place, with positions where a name repeats", () => {
  const { document: tree } = read(
    "<pfsense><VIRTUALIP><vip><vhid>1</vhid></vip><vip><vhid>2</vhid></vip></VIRTUALIP></pfsense>",
  );
  const at = (text: string) => tree.source.span(tree.source.text.indexOf(text), 0);
  expect(elementPath(tree, at("2</vhid>"))).toBe("/pfsense/virtualip/vip[2]/vhid");
  expect(elementPath(tree, at("<pfsense>"))).toBe("/pfsense");
});

test.for(["22.9", "23.3", "24.0", "24.5"])("config version %s decodes what it encodes", (version) => {
  const { encodeEntities, decodeEntities } = dialectOf(version);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const legal = [...text]
        .filter((character) => (character.codePointAt(0) ?? 0) >= 0xa0 || /[\x20-\x7e]/.test(character))
        .join("");
      expect(decodeEntities(encodeEntities(legal))).toBe(legal);
    }),
  );
});

test("numbers compare as in PHP, and an unknown version is read as the newest", () => {
  expect(dialectOf("23.30").version).toBe(23.3);
  expect(dialectOf("").version).toBe(24.5);
  expect(dialectOf("23.3").isList("laggroup")).toBe(false);
  expect(dialectOf("24.0").isList("laggroup")).toBe(true);
});

test("reads any text without throwing, with faults inside it", () => {
  fc.assert(
    fc.property(fc.oneof(document, garbage), (text) => {
      const { faults, root: tree } = read(text);
      for (const { at } of faults) expect(at.start <= at.end && at.end <= at.source.text.length).toBe(true);
      const walk = (one: Tree): void => {
        expect(one.whole.start <= one.at.start && one.at.end <= one.whole.end).toBe(true);
        one.children.forEach(walk);
      };
      if (tree) walk(tree);
    }),
    { numRuns: 1000 },
  );
});

test("knows secrets by their names", () => {
  const secret = [
    "password",
    "bcrypt-hash",
    "sha512-hash",
    "prv",
    "pre-shared-key",
    "shared_key",
    "ldap_bindpw",
    "radius_secret",
    "new_password",
    "ipsecpsk",
    "rocommunity",
    "auth_pass",
    "tls",
    "privatekey",
    "varuserspassword",
    "md5-hash",
    "passphrase",
    "apikey",
    "ddnsdomainkey",
    "keydata",
    "presharedkey",
    "backwardsyncpassword",
    "vouchersyncpass",
    "trapstring",
    "oinkmastercode",
    "dns_cf_token",
  ];
  expect(secret.filter((name) => !isSecretName(name))).toEqual([]);
  const open = [
    "descr",
    "interface",
    "vhid",
    "hostname",
    "passthrumac",
    "username",
    "synchronizetoip",
    "address",
    "subnet",
    "hash-algorithm",
    "bypassstaticroutes",
    "ddnsdomainkeyname",
  ];
  expect(open.filter(isSecretName)).toEqual([]);
});

test("finds secrets in a range of lines, those that began before it included", () => {
  const config = configOf(
    "<pfsense>\n<cert>\n<prv>one\ntwo\nthree</prv>\n</cert>\n<hasync><password>x</password></hasync>\n</pfsense>",
  );
  const { source } = config;
  const texts = (from: number, to: number) =>
    secretSpans(config.document!, source.lineStart(from), source.lineStart(to + 1)).map(spanText);
  expect(texts(4, 4)).toEqual(["one\ntwo\nthree"]);
  expect(texts(7, 7)).toEqual(["x"]);
  expect(texts(1, 2)).toEqual([]);
});

test("a secret prints as dots wherever it is put", () => {
  const secret = new Secret("example-secret");
  expect(`${secret} ${JSON.stringify({ secret })} ${String(secret.map((text) => text.toUpperCase()))}`).not.toMatch(
    /example|EXAMPLE/,
  );
  expect(Object.keys(secret)).toEqual([]);
  expect(secret.equals(new Secret("example-secret"))).toBe(true);
});

test.for(["xxxxx", "********", "REDACTED", "[REDACTED]", "<removed>", "••••"])(
  "sees that %s masks a secret",
  (text) => {
    expect(new Secret(text).masked).toBe(true);
  },
);
test("takes no password for a mask", () => {
  expect(["xx", "correct horse", "a*b*c", "redactor-7"].filter((text) => new Secret(text).masked)).toEqual([]);
});
