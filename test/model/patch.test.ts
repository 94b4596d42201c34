import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/emit/apply.ts";
import { encode } from "../../src/emit/encode.ts";
import type { IsList } from "../../src/model/compare.ts";
import { type Config, parseConfig } from "../../src/model/config.ts";
import { type DraftEdit, toNewElement } from "../../src/model/edit.ts";
import { patch, rewrite, sameTree } from "../../src/model/patch.ts";
import { printEdits, printElement } from "../../src/model/print.ts";
import type { Tree } from "../../src/model/tree.ts";
import { decode } from "../../src/parser/decode.ts";
import { anyDocument } from "../support/documents.ts";
import { configOf } from "../support/pair.ts";

function edited({ source }: Config, drafts: readonly DraftEdit[]): Config {
  const bytes = encode(applyEdits(source, printEdits(drafts)), source.encoding);
  return parseConfig(decode("config.xml", bytes));
}

/** Whether some entry of a list is an array of nothing: no text can say that, and pfSense loses it at the next save. */
const holdsNothing = (tree: Tree, isList: IsList): boolean =>
  (tree.isLeaf && tree.text === "" && isList(tree.name)) || tree.children.some((child) => holdsNothing(child, isList));

/** The same value as pfSense writes it: in odd layouts, edits beside each other may leave white space that is text. */
function written(bytes: Uint8Array): Config {
  const { tree, dialect } = configFrom(bytes);
  return configOf(printElement(toNewElement(tree), dialect));
}

const configFrom = (bytes: Uint8Array): Config => parseConfig(decode("config.xml", bytes));

describe("in any document that loads", () => {
  const document = anyDocument().filter((bytes) => configFrom(bytes).faults.length === 0);

  test.for([
    ["patch", (before: Config, after: Config) => patch(before.tree, after.tree)],
    ["rewrite", (before: Config, after: Config) => rewrite(before.tree, after.tree, before.dialect.isList)],
  ] as const)("%s gives it the value of another, and nothing to a document of that value", ([, edits]) => {
    fc.assert(
      fc.property(document, document, (first, second) => {
        const before = written(first);
        const after = configFrom(second);
        fc.pre(before.version.text === after.version.text);
        fc.pre(!holdsNothing(before.tree, before.dialect.isList) && !holdsNothing(after.tree, after.dialect.isList));
        const made = edited(before, edits(before, after));
        expect(made.faults).toEqual([]);
        expect(sameTree(made.tree, after.tree, before.dialect.isList)).toBe(true);
        expect(edits(made, after)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("patch", () => {
  const at = (content: string): Config => configOf(`<pfsense>\n\t<version>23.3</version>\n${content}</pfsense>\n`);
  const text = (before: string, after: string): string => {
    const from = at(before);
    const { source } = edited(from, patch(from.tree, at(after).tree));
    return source.text.replace("<pfsense>\n\t<version>23.3</version>\n", "").replace("</pfsense>\n", "");
  };

  test.for([
    [
      "changes a value where it stands",
      "\t<a>\n\t\t<b>1</b>  <!-- kept -->\n\t\t<c>2</c>\n\t</a>\n",
      "\t<a><b>3</b><c>2</c></a>",
      "\t<a>\n\t\t<b>3</b>  <!-- kept -->\n\t\t<c>2</c>\n\t</a>\n",
    ],
    [
      "puts one element in the place of another",
      "\t<source>\n\t\t<any></any>\n\t</source>\n",
      "\t<source><network>lan</network></source>",
      "\t<source>\n\t\t<network>lan</network>\n\t</source>\n",
    ],
    [
      "lengthens and shortens lists at their end",
      "\t<g>\n\t\t<member>0</member>\n\t\t<priv>a</priv>\n\t\t<priv>b</priv>\n\t</g>\n",
      "\t<g><member>0</member><member>7</member><priv>b</priv></g>",
      "\t<g>\n\t\t<member>0</member>\n\t\t<member>7</member>\n\t\t<priv>b</priv>\n\t</g>\n",
    ],
    ["fills an empty element", "\t<a></a>\n", "\t<a><b>1</b></a>", "\t<a>\n\t\t<b>1</b>\n\t</a>\n"],
    ["empties one", "\t<a>\n\t\t<b>1</b>\n\t</a>\n", "\t<a></a>", "\t<a></a>\n"],
  ])("%s", ([, before = "", after = "", expected]) => {
    expect(text(before, after)).toBe(expected);
  });
});
