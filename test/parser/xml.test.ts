import { expect, test } from "vitest";
import { parseXml } from "../../src/parser/xml.ts";
import { Source } from "../../src/source.ts";

/** `line:column message` of each fault. */
function faults(text: string): string[] {
  return parseXml(new Source("x.xml", text)).faults.map(({ at, message }) => {
    const { line, column } = at.source.position(at.start);
    return `${line}:${column} ${message}`;
  });
}

test.for([
  [
    "an export that ends early",
    "<pfsense>\n\t<system>\n\t\t<hostname>a</hostname>\n",
    ["3:25 the file ends inside <system>, which line 2 opens"],
  ],
  ["one that ends inside a tag", "<pfsense>\n\t<hostn", ["2:2 the file ends inside a tag"]],
  [
    "a login page",
    "<!DOCTYPE html>\n<html><body>Login</body></html>",
    ["1:1 the file is a web page, not a configuration"],
  ],
  [
    "an encrypted backup",
    "---- BEGIN config.xml ----\nU2FsdGVkX18=\n---- END config.xml ----\n",
    ["1:1 the file is an encrypted backup"],
  ],
  [
    "a merge conflict",
    "<pfsense>\n<<<<<<< HEAD\n\t<version>23.3</version>\n=======\n",
    ["2:1 a merge conflict that was never resolved"],
  ],
  ["nothing", "", ["1:1 the file is empty"]],
  ["white space", " \n\n", ["1:1 the file is empty"]],
  [
    "junk in front",
    'login as: admin\n<?xml version="1.0"?>\n<pfsense></pfsense>',
    ["1:1 text before the XML: expected the file to begin with <?xml or <pfsense>"],
  ],
  [
    "a blank line in front of the declaration",
    '\n<?xml version="1.0"?>\n<pfsense></pfsense>',
    ["2:1 the XML declaration is not at the beginning of the file"],
  ],
  ["text behind the root", "<pfsense></pfsense>\nend of backup\n", ["2:1 text after the root element"]],
  [
    "two roots",
    "<pfsense></pfsense>\n<pfsense></pfsense>",
    ["2:1 second root element: expected the end of the file, found <pfsense>"],
  ],
  [
    "a tag closed by another",
    "<pfsense><system>\n<a>1</b></system></pfsense>",
    ["2:5 mismatched tag: expected </a>, which line 2 opens, found </b>"],
  ],
  [
    "a missing close tag",
    "<pfsense>\n<system>\n<a>1</a>\n</pfsense>",
    ["4:1 mismatched tag: expected </system>, which line 2 opens, found </pfsense>"],
  ],
  ["a bare ampersand", "<pfsense><a>x & y</a></pfsense>", ["1:15 bare & outside CDATA"]],
  ["a bare less-than", "<pfsense><a>x < y</a></pfsense>", ["1:15 bare < outside CDATA"]],
  ["an HTML entity", "<pfsense><a>caf&eacute;</a></pfsense>", ["1:16 undeclared entity &eacute;"]],
  ["a reference to no character", "<pfsense><a>&#0;</a></pfsense>", ["1:13 undeclared entity &#0;"]],
  ["a control character", "<pfsense><a>x\u0007</a></pfsense>", ["1:14 the character U+0007 may not occur in XML"]],
  [
    "one inside CDATA",
    "<pfsense><a><![CDATA[\u0000]]></a></pfsense>",
    ["1:22 the character U+0000 may not occur in XML"],
  ],
  [
    "CDATA that never ends",
    "<pfsense><a><![CDATA[x</a></pfsense>",
    ["1:13 the CDATA section is not closed: expected ]]>"],
  ],
  ["the end of CDATA without its beginning", "<pfsense><a>x]]>y</a></pfsense>", ["1:14 ]]> outside a CDATA section"]],
  ["a comment that never ends", "<pfsense><!-- x</pfsense>", ["1:10 the comment is not closed: expected -->"]],
  ["two hyphens in a comment", "<pfsense><!-- a -- b --><a/></pfsense>", ["1:17 -- inside a comment"]],
  [
    "a document type with entities",
    '<!DOCTYPE pfsense [<!ENTITY a "b">]>\n<pfsense>&a;</pfsense>',
    ["1:1 a document type with declarations is refused"],
  ],
  [
    "an external document type",
    '<!DOCTYPE pfsense SYSTEM "http://example/x.dtd">\n<pfsense/>',
    ["1:1 a document type with declarations is refused"],
  ],
  [
    "an attribute without a value",
    "<pfsense a><b/></pfsense>",
    ["1:10 malformed attribute: expected a name and a value in quotes"],
  ],
  ["an attribute twice", '<pfsense a="1" a="2"/>', ["1:16 the attribute a occurs twice in one tag"]],
  ["an attribute that never ends", '<pfsense a="1><b/></pfsense>', ["1:10 the attribute a is not closed"]],
] as const)("points at %s", ([, text, expected]) => {
  expect(faults(text)).toEqual(expected);
});

test.for([
  [
    "a declaration, comments and instructions",
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<!-- a --><?x y?><pfsense><!-- b --></pfsense><!-- c -->\n',
  ],
  ["a document type that declares nothing", "<!DOCTYPE pfsense>\n<pfsense><a/></pfsense>"],
  ["attributes, in both quotes, with references", `<pfsense a="1 &lt; 2" b='"'><c d = "e" /></pfsense>`],
  ["a greater-than in text", "<pfsense><a>x > y ]] ></a></pfsense>"],
  ["white space in close tags", "<pfsense><a></a ></pfsense\n>"],
  ["names with dots, hyphens, digits and other letters", "<pfsense><a.b-c_1/><größe/><ip:x/></pfsense>"],
] as const)("takes %s", ([, text]) => {
  expect(faults(text)).toEqual([]);
});

test("goes on behind a fault, and keeps what is whole", () => {
  const tree = parseXml(new Source("x.xml", "<pfsense><a>1 & 2</a><b>caf&eacute;</b><c>3</c></pfsense>"));
  expect(tree.faults).toHaveLength(2);
  expect(tree.complete).toBe(true);
  expect(Array.from({ length: tree.size }, (_, i) => tree.name(i))).toEqual(["pfsense", "a", "b", "c"]);
});

test("gives up after twenty faults", () => {
  const tree = parseXml(new Source("x.xml", `<pfsense>${"<a>&</a>".repeat(100)}</pfsense>`));
  expect(tree.faults).toHaveLength(20);
  expect(tree.complete).toBe(false);
});

test("reads 256 levels, and no more", () => {
  const nested = (depth: number): string => `${"<a>".repeat(depth)}${"</a>".repeat(depth)}`;
  expect(faults(nested(256))).toEqual([]);
  expect(faults(nested(257))).toEqual(["1:769 elements nested more than 256 deep"]);
});
