import { parseXml } from "../../src/parser/xml.ts";
import { Source } from "../../src/source.ts";
import { type FuzzInput, fuzzFiles } from "./fuzz-input.ts";
import { below, type Next, pick } from "./random.ts";

type Mutation = (text: string, next: Next) => string;

/** Values that stand where an address, a number or a name should. */
const odd = [
  "",
  " ",
  "0",
  "-1",
  "00",
  "1e9",
  "1e400",
  "-0",
  "NaN",
  "Infinity",
  "4294967296",
  "9007199254740993",
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
  "1.2.3",
  "0300.1.1.1",
  "10.0.0.1/-1",
  "10.0.0.9-10.0.0.1",
  "::/129",
  "1::2::3",
  "0:0:0:0:0:0:0:0:0",
  "[::1]",
  "fe80::%",
  "\uff11.2.3.4",
  "10.0.0.1\u200b",
  "10.0.0.1,10.0.0.2",
  "loop_a",
  "loop_self",
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
  "__proto__ constructor",
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
  ...["__proto__", "constructor", "toString", "loop_self"].map(
    (name) => `<alias><name>${name}</name><type>host</type><address>${name} 10.0.0.1</address></alias>`,
  ),
  "<alias><name>loop_a</name><type>network</type><address>loop_b</address></alias><alias><name>loop_b</name><type>network</type><address>loop_a loop_self</address></alias>",
  "<constructor><enable/><if>vtnet9</if><descr>toString</descr><ipaddr>10.9.9.1</ipaddr><subnet>24</subnet></constructor>",
  "<__proto__><enable/><if>__proto__</if><ipaddr>10.9.9.1</ipaddr><subnet>24</subnet></__proto__>",
  "<vip><mode>carp</mode><interface>constructor</interface><vhid>__proto__</vhid><uniqid>toString</uniqid><subnet>10.9.9.9</subnet></vip>",
  "<rule><interface>toString</interface><source><address>__proto__</address></source><destination><network>constructor</network></destination></rule>",
];

const nested = (depth: number): string => `${"<a>".repeat(depth)}x${"</a>".repeat(depth)}`;

/** Ten entities, each ten times the one before. */
const bomb = `<!DOCTYPE pfsense [${Array.from(
  { length: 10 },
  (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`,
).join("")}<!ENTITY e0 "lol"><!ENTITY file SYSTEM "file:///etc/passwd">]>`;

const tag = /<([a-z][\w-]*)>([^<]*)<\/\1>/g;

/** Where fragments belong: the section whose entries they are. */
const homes: Readonly<Record<string, string>> = {
  rule: "<filter>",
  alias: "<aliases>",
  vip: "<virtualip>",
  constructor: "<interfaces>",
  __proto__: "<interfaces>",
};

interface Place {
  readonly start: number;
  readonly end: number;
}

/** A random element, as our own reader finds it; undefined if there is none. */
function anyElement(text: string, next: Next): Place | undefined {
  const document = parseXml(new Source("mutant", text));
  const element = below(next, document.size);
  return document.size === 0 ? undefined : { start: document.start(element), end: document.end(element) };
}

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
    const found = anyElement(text, next);
    return found ? replaceAt(text, found.start, found.end - found.start, "") : text;
  },
  (text, next) => {
    const found = anyElement(text, next);
    return found ? replaceAt(text, found.start, 0, text.slice(found.start, found.end)) : text;
  },
  (text, next) => {
    const found = anyElement(text, next);
    const place = anyElement(text, next);
    return found && place ? replaceAt(text, place.start, 0, text.slice(found.start, found.end)) : text;
  },
  // A strange element comes in between, or where it belongs.
  (text, next) => {
    const fragment = pick(next, fragments);
    const home = text.indexOf(homes[/^<(\w+)/.exec(fragment)?.[1] ?? ""] ?? "<pfsense>");
    const near = home === -1 || below(next, 3) === 0 ? below(next, text.length) : home;
    return replaceAt(text, text.indexOf(">", near) + 1, 0, fragment);
  },
  // Elements inside one another, up to the limit and far beyond it.
  (text, next) => {
    const at = text.indexOf(">", below(next, text.length)) + 1;
    return replaceAt(text, at, 0, nested(pick(next, [10, 240, 255, 257, 20_000])));
  },
  // Entities that grow, with and without somebody to use them.
  (text, next) => {
    const bombed = text.replace(/<pfsense>/, () => `${bomb}<pfsense>`);
    const at = bombed.indexOf(">", below(next, bombed.length)) + 1;
    return replaceAt(bombed, at, 0, pick(next, ["", "&e9;", "&file;", "&#0;", "&#xd800;", "&#99999999;"]));
  },
  // A leaf gets the value of another leaf: a reference to the wrong thing, an address that somebody else has.
  (text, next) => {
    const found = anyMatch(text, tag, next);
    const other = anyMatch(text, tag, next);
    if (!found || !other) return text;
    return replaceAt(text, found.index, found[0].length, `<${found[1]}>${other[2]}</${found[1]}>`);
  },
  // An attribute, a comment, an instruction, CDATA around what was there.
  (text, next) => {
    const found = anyMatch(text, tag, next);
    if (!found) return text;
    const [whole, name = "", value = ""] = found;
    const dressed = pick(next, [
      `<${name} a="1" a='<>&'>${value}</${name}>`,
      `<${name} a="&quot;&#x3c;">${value}</${name}>`,
      `<${name}><!-- ${value} -->${value}</${name}>`,
      `<${name}><?x ${value}?>${value}</${name}>`,
      `<${name}><![CDATA[${value}]]></${name}>`,
      `<${name}><![CDATA[${value}]]>]]&gt;<![CDATA[]]></${name}>`,
      `<${name}\t>${value}</${name}\n>`,
      `<${name}/>`,
      `< ${name}>${value}</${name}>`,
    ]);
    return replaceAt(text, found.index, whole.length, dressed);
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

/** Bytes that are no text: NUL, overlong, half a surrogate pair, beyond Unicode, cut short, another encoding's mark. */
const strangeBytes: readonly (readonly number[])[] = [
  [0],
  [0xc0, 0xaf],
  [0xe0, 0x80, 0xaf],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xed, 0xb0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe2, 0x82],
  [0xff, 0xfe],
  [0xef, 0xbb, 0xbf],
  [0xef, 0xbf, 0xbe],
  [0xc2, 0x85],
  [0xe2, 0x80, 0xa8],
  [0x0d],
];

/** Some bytes change, go, or come in. */
function flip(bytes: Uint8Array, next: Next): Uint8Array {
  let copy = [...bytes];
  for (let n = 1 + below(next, 8); n > 0 && copy.length > 0; n--) {
    const at = below(next, copy.length);
    const kind = below(next, 4);
    if (kind === 0) copy[at] = below(next, 256);
    else if (kind === 1) copy[at] = (copy[at] ?? 0) ^ (1 << below(next, 8));
    else if (kind === 2) copy = [...copy.slice(0, at), ...copy.slice(at + 1 + below(next, 16))];
    else copy = [...copy.slice(0, at), ...pick(next, strangeBytes), ...copy.slice(at)];
  }
  return Uint8Array.from(copy);
}

/** What can be done to a file of lines: YAML, JSON, the hypervisor's. */
const lineMutations: readonly Mutation[] = [
  (text, next) => text.slice(0, below(next, text.length)),
  (text, next) => {
    const lines = text.split("\n");
    const at = below(next, lines.length);
    lines.splice(at, pick(next, [0, 1]), ...pick(next, [[], [lines[at] ?? ""], [pick(next, odd)], [`${lines[at]} #`]]));
    return lines.join("\n");
  },
  (text, next) => {
    const words = [...text.matchAll(/[^\s:,=[\]{}"]+/g)];
    if (words.length === 0) return text;
    const word = pick(next, words);
    return replaceAt(text, word.index, word[0].length, pick(next, [...odd, pick(next, words)[0]]));
  },
  (text, next) => {
    const mark = pick(next, [
      "&a [*a, *a]",
      "!!js/function x",
      "<<: *x",
      "- - -",
      "{",
      "}",
      "[",
      "\t",
      '"',
      "? ",
      "|\n",
      "---\n",
    ]);
    return replaceAt(text, below(next, text.length), 0, mark);
  },
  // Aliases that grow.
  (text) =>
    `a0: &a0 [x]\n${Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]`).join("\n")}\n${text}`,
];

/** An input with one to four mutations; the same for the same numbers. */
export function mutate(input: FuzzInput, next: Next, round: number): FuzzInput {
  let result = input;
  for (let n = 1 + below(next, 4); n > 0; n--) {
    const others = Object.keys(input.others ?? {});
    const path = others.length > 0 && below(next, 5) === 0 ? pick(next, others) : pick(next, ["primary", "secondary"]);
    const list = path === "primary" || path === "secondary" ? mutations : lineMutations;
    const change = (bytes: Uint8Array): Uint8Array =>
      round % 7 === 0
        ? flip(bytes, next)
        : new TextEncoder().encode(pick(next, list)(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), next));
    result = fuzzFiles.replace(result, path, change);
  }
  return result;
}
