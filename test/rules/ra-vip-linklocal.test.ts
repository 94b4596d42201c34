import { expect, test } from "vitest";
import { raVipLinklocal as rule } from "../../src/rules/ra-vip-linklocal.ts";
import { change, type Files, lintFiles, readFiles, report } from "../support/pair.ts";

const bad = readFiles("rules/ra-vip-linklocal/bad-global-vip");
const edit = (find: string | RegExp, replacement: string): Files => change(bad, "both", find, replacement);

test.for([
  ["advertisements that are off", edit("<ramode>router", "<ramode>disabled")],
  ["the interface itself, which another rule reports", edit("<rainterface>_vip64b0000000005", "<rainterface>lan")],
  ["a VIP that is not there", edit("<rainterface>_vip64b0000000005", "<rainterface>_vip64b0000000099")],
  ["an IP alias", edit(/<mode>carp<\/mode>(?=\s*<interface>lan<\/interface>\s*<vhid>5)/, "<mode>ipalias</mode>")],
  [
    "a link-local VIP of another interface",
    edit(/<interface>lan<\/interface>(?=\s*<vhid>6)/, "<interface>wan</interface>"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("looks at each node alone", async () => {
  const files = change(bad, "primary", "<rainterface>_vip64b0000000005", "<rainterface>_vip64b0000000006");
  expect((await lintFiles(files, [rule])).diagnostics.map(({ node }) => node)).toEqual(["secondary"]);
});
