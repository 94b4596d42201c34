import { expect, test } from "vitest";
import { xmlWellFormed as rule } from "../../src/rules/xml-well-formed.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const header = '<?xml version="1.0"?>\n<pfsense>\n\t<version>23.3</version>\n';
const secondary = (content: string): Files => ({ primary: small.primary, secondary: content });

/** The first line of each diagnostic, without its severity and rule. */
const headlines = async (files: Files): Promise<readonly string[]> =>
  [...(await report(rule, files)).matchAll(/^(\S+:\d+:\d+): error: (.*) \[/gm)].map(([, at, what]) => `${at}: ${what}`);

test.for([
  ["no declaration", small.secondary.replace('<?xml version="1.0"?>\n', "")],
  ["blank lines before the root, without a declaration", small.secondary.replace('<?xml version="1.0"?>', "\n")],
  ["attributes", small.secondary.replace("<system>", '<system note="by hand">')],
  ["a document type that declares nothing", small.secondary.replace("<pfsense>", "<!DOCTYPE pfsense>\n<pfsense>")],
  ["characters by number", small.secondary.replace("brook.example", "br&#111;ok.exampl&#x65;")],
  ["a processing instruction", small.secondary.replace("<pfsense>", "<?note keep?>\n<pfsense>")],
] as const)("accepts %s", async ([, content]) => {
  expect(await report(rule, secondary(content))).toBe("");
});

test.for([
  ["cut inside a tag", `${header}\t<system>\n\t\t<hostna`, "5:3: the file ends inside a tag"],
  ["cut inside CDATA", `${header}\t<descr><![CDATA[on`, "4:9: the CDATA section is not closed: expected ]]>"],
  ["cut inside a comment", `${header}\t<!-- on`, "4:2: the comment is not closed: expected -->"],
  ["cut behind an element", `${header}\n\n`, "3:25: the file ends inside <pfsense>, which line 2 opens"],
  ["a declaration alone", '<?xml version="1.0"?>\n', "2:1: the file holds no element"],
  ["an empty root", "<pfsense>\n</pfsense>\n", "1:1: root element: expected a configuration, found an empty <pfsense>"],
  ["text behind the root", `${header}</pfsense>\nend\n`, "5:1: text after the root element"],
  ["]]> in text", `${header}\t<a>x]]>y</a>\n</pfsense>`, "4:6: ]]> outside a CDATA section"],
  ["a number of no character", `${header}\t<a>&#11;</a>\n</pfsense>`, "4:5: undeclared entity &#11;"],
  [
    "a document type that declares",
    `<!DOCTYPE a [<!ENTITY x "y">]>${header}`,
    "1:1: a document type with declarations is refused",
  ],
  [
    "a stray close tag",
    `${header}\t</system>\n</pfsense>`,
    "4:2: mismatched tag: expected </pfsense>, which line 2 opens, found </system>",
  ],
  ["an unknown encoding", header.replace("?>", ' encoding="KOI8-R"?>'), "1:1: encoding: expected UTF-8, found koi8-r"],
] as const)("points at %s", async ([, content, expected]) => {
  expect((await headlines(secondary(content)))[0]).toBe(`secondary.xml:${expected}`);
});

test.for([
  ["a close tag in other letters", "</hostname>", "</HostName>"],
  ["a misspelt close tag", "</hostname>", "</hostnam>"],
  ["a broken open tag", "<hostname>", "<hostname x>"],
] as const)("says nothing more than %s", async ([, right, wrong]) => {
  expect(await headlines(change(small, "secondary", right, wrong))).toHaveLength(1);
});

test.for([
  ["<password><![CDATA[example-sync", "<password x><![CDATA[example-sync"],
  ["<password><![CDATA[example-sync", "<password <![CDATA[example-sync"],
  ["sync-pass]]></password>", "sync-pass]]></passwort>"],
  ["sync-pass]]></password>", "sync-pass]]></passwo"],
  ["sync-pass]]></password>", "sync-pass&]]></password>&"],
] as const)("shows no secret beside a fault: %s", async ([right, wrong]) => {
  const printed = await report(rule, change(small, "primary", right, wrong));
  expect(printed).toContain("primary.xml:");
  expect(printed).not.toContain("example-sync");
});
