import { expect, test } from "vitest";
import { dialectOf } from "../../src/model/dialect.ts";
import { encodeLeaf, isLayout } from "../../src/model/edit.ts";
import { configOf } from "../support/pair.ts";

// Where work grows with the square of a length, these take minutes.
const many = 2e6;

test.for(["\n", "\t", " ", "\r\n", "\n "])("a long run of %j beside elements is read in one pass", (blank) => {
  const config = configOf(`<pfsense><version>23.3</version>x${blank.repeat(many / blank.length)}x<a></a></pfsense>`);
  expect(config.faults.map(({ kind }) => kind)).toEqual(["text-and-elements"]);
});

test.for(["\n", "\t"])("a long run of %j inside a value is written in one pass", (blank) => {
  const { text } = encodeLeaf("descr", `x${blank.repeat(many)}x${blank}`, dialectOf("23.3"), {
    name: "utf-8",
    bom: false,
    reversible: true,
  });
  expect(text).toHaveLength(many + 2 + (blank === "\n" ? 5 : 4));
});

test.for([
  ["\n".repeat(many), true],
  [`${"\n".repeat(many)}x`, false],
  [`${"\t".repeat(many)} \t`, true],
  [" \n ", false],
  ["\n  \r\n", true],
  ["", true],
] as const)("tells layout from text", ([blanks, layout]) => {
  expect(isLayout(blanks)).toBe(layout);
});
