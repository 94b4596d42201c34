import * as fc from "fast-check";

/** Names that configurations use, list tags among them, and some that only an attacker would choose. */
const name: fc.Arbitrary<string> = fc.constantFrom(
  "system",
  "hostname",
  "rule",
  "descr",
  "vip",
  "password",
  "a",
  "B",
  "x-y",
  "item",
  "__proto__",
  "constructor",
  "Descr",
);

const plainText: fc.Arbitrary<string> = fc
  .string({ unit: fc.constantFrom(..."abc 0129.:/|é東\t\n&<>\"'"), maxLength: 12 })
  .map((text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("]]>", "]]&gt;"));

const cdata: fc.Arbitrary<string> = fc
  .string({ unit: fc.constantFrom(..."abc &;<>é"), maxLength: 12 })
  .map((text) => `<![CDATA[${text.replaceAll("]]>", "")}]]>`);

const blank: fc.Arbitrary<string> = fc.constantFrom("", "\n", "\n\t", "\n\t\t", "\r\n  ", " ");
const comment: fc.Arbitrary<string> = fc.constantFrom("", "", "", "<!-- note -->", "<?pi x?>");

/** Well-formed elements as people and programs write them: comments, CDATA, empty tags, any indentation. */
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(name, plainText).map(([n, t]) => `<${n}>${t}</${n}>`),
    fc.tuple(name, cdata).map(([n, t]) => `<${n}>${t}</${n}>`),
    name.map((n) => `<${n}/>`),
    name.map((n) => `<${n} id="1" />`),
    fc
      .tuple(name, fc.array(fc.tuple(blank, comment, tie("element")), { maxLength: 5 }), blank)
      .map(([n, children, last]) => `<${n}>${children.flat().join("")}${last}</${n}>`),
  ),
}));

/** A well-formed document with the root that pfSense wants. */
export const document: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom("", '<?xml version="1.0"?>\n'), fc.array(fc.tuple(blank, element), { maxLength: 6 }), blank)
  .map(([declaration, children, last]) => `${declaration}<pfsense>${children.flat().join("")}${last}</pfsense>\n`);

/** Anything, most of it nearly XML. */
export const garbage: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      ..."<>/!?[]-&;#x=\"' \n\tab",
      "CDATA[",
      "<![CDATA[",
      "]]>",
      "<!--",
      "-->",
      "<a>",
      "</a>",
      "<?xml ",
      "?>",
    ),
    maxLength: 40,
  }),
  fc.tuple(document, fc.nat(), fc.nat(20), fc.string({ maxLength: 4 })).map(([text, at, length, insert]) => {
    const i = at % (text.length + 1);
    return text.slice(0, i) + insert + text.slice(i + length);
  }),
);
