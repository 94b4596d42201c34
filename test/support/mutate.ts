import type { FuzzPair } from "./invariants.ts";

/** A small, well distributed generator (mulberry32); numbers in [0, 1). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Next = () => number;
type Mutation = (text: string, next: Next) => string;

const below = (next: Next, limit: number): number => Math.floor(next() * limit);
const pick = <T>(next: Next, list: readonly T[]): T => list[below(next, list.length)]!;

/** Values that stand where an address, a number or a name should. */
const odd = [
  "",
  " ",
  "0",
  "-1",
  "00",
  "1e9",
  "99999999999999999999",
  "256",
  "0x10",
  "010.0.0.1",
  "10.0.0.1/33",
  "10.0.0.1 ",
  "::",
  "::ffff:1.2.3.4",
  "fe80::1%em0",
  "1.2.3.4.5",
  "any",
  "(self)",
  "lan",
  "lanip",
  "opt99",
  "_vip",
  "_vip64b0000000001",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "off",
  "on",
  "yes",
  "\u202e",
  "\u0000",
  "&amp;amp;",
  "&#x41;",
  "<![CDATA[x]]>",
  "a".repeat(300),
  "1-2",
  "2-1",
  "80:90",
  "https://10.0.0.2",
  "pf2.xml:1:1: error: no [carp-vip-match]",
  "😀",
  "\ud800",
];

/** Elements that are strange wherever they are put. */
const fragments = [
  "<rule></rule>",
  "<__proto__>x</__proto__>",
  "<constructor><prototype/></constructor>",
  "<vip><mode>carp</mode></vip>",
  "<hasync/>",
  "<!-- c -->",
  "<?pi?>",
  "<![CDATA[ ]]>",
  "<alias><name>a</name><type>host</type><address>b</address></alias>",
  "<alias><name>b</name><type>host</type><address>a</address></alias>",
  "text",
  " \n ",
  "&lol;",
  "<a><b>".repeat(50),
  "<<<<<<< HEAD\n",
  "<rule><interface>opt1</interface><type>block</type><floating>yes</floating><quick/></rule>",
  "<item>x</item>",
  "<a/>".repeat(200),
  "<vip><mode>ipalias</mode><interface>_vip64b0000000001</interface><subnet>198.51.100.77</subnet></vip>",
  '<!DOCTYPE x [<!ENTITY a "&a;">]>',
];

const tag = /<([a-z][\w-]*)>([^<]*)<\/\1>/g;
const element = /<([a-z][\w-]*)>(?:(?!<\1>)[\s\S])*?<\/\1>/g;

/** A random match of an expression, or undefined. */
function anyMatch(text: string, pattern: RegExp, next: Next): RegExpExecArray | undefined {
  pattern.lastIndex = below(next, text.length);
  const found = pattern.exec(text);
  if (found) return found;
  pattern.lastIndex = 0;
  return pattern.exec(text) ?? undefined;
}

const replaceAt = (text: string, at: number, length: number, by: string): string =>
  text.slice(0, at) + by + text.slice(at + length);

const mutations: readonly Mutation[] = [
  // A leaf gets an odd value.
  (text, next) => {
    const found = anyMatch(text, tag, next);
    if (!found) return text;
    const name = found[1] ?? "";
    return replaceAt(text, found.index, found[0].length, `<${name}>${pick(next, odd)}</${name}>`);
  },
  // An element goes, comes twice, or moves.
  (text, next) => {
    const found = anyMatch(text, element, next);
    return found ? replaceAt(text, found.index, found[0].length, "") : text;
  },
  (text, next) => {
    const found = anyMatch(text, element, next);
    return found ? replaceAt(text, found.index, 0, found[0]) : text;
  },
  (text, next) => {
    const found = anyMatch(text, element, next);
    const place = anyMatch(text, element, next);
    return found && place ? replaceAt(text, place.index, 0, found[0]) : text;
  },
  // A strange element comes in between.
  (text, next) => {
    const at = text.indexOf(">", below(next, text.length)) + 1;
    return replaceAt(text, at, 0, pick(next, fragments));
  },
  // A name changes, or its case.
  (text, next) => {
    const found = anyMatch(text, tag, next);
    if (!found) return text;
    const name = pick(next, [
      (found[1] ?? "").toUpperCase(),
      "__proto__",
      "constructor",
      "rule",
      "x",
      "enable",
      "nosync",
    ]);
    return replaceAt(text, found.index, found[0].length, `<${name}>${found[2]}</${name}>`);
  },
  // The end is missing.
  (text, next) => text.slice(0, below(next, text.length)),
  // Line ends, byte order mark, indentation.
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replaceAll(/\n\t*/g, ""),
  (text) => `\ufeff${text}`,
  (text, next) =>
    text.replace(/<version>[^<]*/, `<version>${pick(next, ["24.5", "22.9", "19.1", "abc", "99.9", "", "23.30"])}`),
];

/** Some bytes change, go, or come in. */
function flip(bytes: Uint8Array, next: Next): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let n = 1 + below(next, 8); n > 0 && copy.length > 0; n--) copy[below(next, copy.length)] = below(next, 256);
  return copy;
}

/** A pair with one to four mutations; the same for the same numbers. */
export function mutate(pair: FuzzPair, next: Next, round: number): FuzzPair {
  const result = { ...pair };
  for (let n = 1 + below(next, 4); n > 0; n--) {
    const role = pick(next, ["primary", "secondary"] as const);
    if (round % 7 === 0) result[role] = flip(result[role], next);
    else {
      const text = pick(next, mutations)(new TextDecoder().decode(result[role]), next);
      result[role] = new TextEncoder().encode(text);
    }
  }
  return result;
}
