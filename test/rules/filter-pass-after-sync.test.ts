import { expect, test } from "vitest";
import { filterPassAfterSync as rule } from "../../src/rules/filter-pass-after-sync.ts";
import { change, type Files, fixed, lintFiles, report, small } from "../support/pair.ts";

const pfsyncRule = /\t\t<rule>\s*<id><\/id>\s*<tracker>1690000002<\/tracker>[\s\S]*?<\/rule>\n/;

/** The primary's rules on the sync interface let only its own traffic in. */
const literal: Files = change(
  small,
  "primary",
  /<network>opt1<\/network>(\s*<\/source>\s*<destination>\s*)<network>opt1<\/network>/g,
  "<address>10.99.0.2</address>$1<address>10.99.0.1</address>",
);

test.for([
  ["rules that stay at home", change(literal, "primary", "<synchronizerules>on</synchronizerules>", "")],
  ["no target", change(literal, "primary", "<synchronizetoip>10.99.0.2</synchronizetoip>", "")],
] as const)("does not arise with %s", async ([, files]) => {
  expect((await lintFiles(files, [rule])).notApplicable).toHaveLength(1);
});

test("says nothing of pfsync where the primary lets it in neither, which filter-pfsync-pass reports", async () => {
  expect(await report(rule, change(small, "primary", pfsyncRule, ""))).toBe("");
});

test("judges the sync that gets through, even if something else stops it today", async () => {
  const files = change(literal, "secondary", "<version>23.3</version>", "<version>22.9</version>");
  expect(await report(rule, files)).toContain("XMLRPC from 10.99.0.1 to 10.99.0.2");
});

test("an alias that does not arrive leaves the rule out there", async () => {
  const files = change(
    change(small, "primary", /<network>opt1<\/network>(\s*<\/destination>)/, "<address>nodes</address>$1"),
    "primary",
    "</aliases>",
    "<alias><name>nodes</name><type>host</type><address>10.99.0.1 10.99.0.2</address><nosync></nosync></alias></aliases>",
  );
  expect(await report(rule, files)).toContain(
    'rule "pfsync" on opt1 is left out there: there is no alias nodes for its destination',
  );
});

test("a rule of the primary that blocks on the secondary is pointed at, and the fix goes in front of it", async () => {
  const block = `\t\t<rule>\n\t\t\t<type>block</type>\n\t\t\t<interface>opt1</interface>\n\t\t\t<source>\n\t\t\t\t<address>10.99.0.1</address>\n\t\t\t</source>\n\t\t\t<destination>\n\t\t\t\t<any></any>\n\t\t\t</destination>\n\t\t\t<descr><![CDATA[not me]]></descr>\n\t\t</rule>\n`;
  const files = change(small, "primary", "\t<filter>\n", `\t<filter>\n${block}`);
  const found = await report(rule, files);
  expect(found).toContain('found blocked by rule "not me" on opt1; rule "XMLRPC" on opt1 fits the primary only');
  expect(found).toMatch(/primary\.xml:133:3: this rule decides there/);
  const after = await fixed(rule, files);
  expect(after.secondary).toBe(files.secondary);
  expect(await report(rule, after)).toBe("");
});

test("two fixes at once add two rules that can be told apart", async () => {
  const { diagnostics } = await lintFiles(literal, [rule]);
  const trackers = diagnostics.map(({ fix }) => /<tracker>(\d+)/.exec(fix?.edits[0]?.text ?? "")?.[1]);
  expect(trackers).toHaveLength(2);
  expect(new Set(trackers).size).toBe(2);
});
