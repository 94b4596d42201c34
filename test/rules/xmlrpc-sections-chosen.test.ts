import { expect, test } from "vitest";
import { xmlrpcSectionsChosen as rule } from "../../src/rules/xmlrpc-sections-chosen.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const none = change(small, "primary", /\t\t<synchronize[a-z0-9]+>on<\/synchronize[a-z0-9]+>\n/g, "");
const withBox = (box: string, files: Files = none): Files =>
  change(files, "primary", "\t</hasync>", `\t\t${box}\n\t</hasync>`);

test.for([
  ["any word, which is on up to 23.3", withBox("<synchronizenat>off</synchronizenat>")],
  ["0, which is on up to 23.3", withBox("<synchronizenat>0</synchronizenat>")],
] as const)("accepts a box that says %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["an empty box", withBox("<synchronizenat></synchronizenat>")],
  ["0 above 23.3", change(withBox("<synchronizenat>0</synchronizenat>"), "both", ">23.3<", ">24.5<")],
] as const)("takes %s for none", async ([, files]) => {
  expect(await report(rule, files)).toContain("found no synchronize box on");
});

test("tells a box that finds nothing to send from none", async () => {
  const files = withBox(
    "<synchronizedhcrelay6>on</synchronizedhcrelay6>",
    withBox("<synchronizedhcrelay>on</synchronizedhcrelay>"),
  );
  expect(await report(rule, files)).toContain("found only synchronizedhcrelay and synchronizedhcrelay6 on");
});
