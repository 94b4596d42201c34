import { expect, test } from "vitest";
import { interfaceSetMatch as rule } from "../../src/rules/interface-set-match.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { change, report, small } from "../support/pair.ts";

test("reports each key, in the file that lacks it", async () => {
  const printed = await report(rule, withInterfaces([{ key: "opt2" }, { key: "opt3" }], [{ key: "opt4" }]));
  expect(printed.match(/^\w+\.xml:\d+:\d+: error: \w+/gm)).toEqual([
    "primary.xml:53:2: error: opt4",
    "secondary.xml:53:2: error: opt2",
    "secondary.xml:53:2: error: opt3",
  ]);
});

test("leaves a key that is there, but off, to interface-enabled-match", async () => {
  expect(await report(rule, withInterfaces([{ key: "opt2" }], [{ key: "opt2", off: true }]))).toBe("");
});

test("points at the root where no interface is assigned at all", async () => {
  const files = change(small, "secondary", /\t<interfaces>[\s\S]*<\/interfaces>\n/, "");
  expect(await report(rule, files)).toContain("secondary.xml:2:1: error: wan: expected on both nodes");
});
