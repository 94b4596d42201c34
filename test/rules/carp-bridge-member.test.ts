import { expect, test } from "vitest";
import { carpBridgeMember as rule } from "../../src/rules/carp-bridge-member.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";

const bridge = (members: string, device = "bridge0"): string =>
  `<bridges><bridged><members>${members}</members><bridgeif>${device}</bridgeif></bridged></bridges>`;
const add = (files: Files, where: keyof Files | "both", text: string): Files =>
  change(files, where, "</pfsense>", `${text}</pfsense>`);

test("looks at each node alone", async () => {
  const { diagnostics } = await lintFiles(add(small, "secondary", bridge("wan,lan")), [rule]);
  expect(diagnostics.map(({ node, subject }) => [node, subject])).toEqual([
    ["secondary", "vip/wan/1"],
    ["secondary", "vip/lan/2"],
  ]);
});

test.for([
  ["an interface whose key begins alike", add(small, "both", bridge("opt1,lan2"))],
  ["a bridge without device", add(change(small, "both", "<if>igb1</if>", "<if></if>"), "both", bridge("opt1", ""))],
  ["another bridge", add(change(small, "both", "<if>igb1</if>", "<if>bridge1</if>"), "both", bridge("opt1"))],
  [
    "IP aliases on a member",
    change(
      add(small, "both", bridge("lan")),
      "both",
      "<mode>carp</mode>\n\t\t\t<interface>lan",
      "<mode>ipalias</mode>\n\t\t\t<interface>lan",
    ),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});
