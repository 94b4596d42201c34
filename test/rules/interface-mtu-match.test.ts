import { expect, test } from "vitest";
import { interfaceMtuMatch as rule } from "../../src/rules/interface-mtu-match.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const on = (where: "primary" | "secondary", device: string, elements: string, files = small) =>
  change(files, where, `<if>${device}</if>`, `<if>${device}</if>${elements}`);

test("writes what the primary has, or nothing", async () => {
  const mtu = on("primary", "igb0", "<mtu>9000</mtu>");
  expect((await fixed(rule, mtu)).secondary).toContain("<mtu>9000</mtu>");
  const mss = on("secondary", "igb1", "<mss>1300</mss>");
  expect((await fixed(rule, mss)).secondary).toContain("<mss></mss>");
  expect(await report(rule, mss)).toContain("expected MSS unset as on the primary, found 1300");
});

test.for([
  ["the sync interface", on("primary", "igb2", "<mtu>9000</mtu>"), true],
  ["the same number", on("secondary", "igb0", "<mtu>09000</mtu>", on("primary", "igb0", "<mtu>9000</mtu>")), false],
  [
    "an MTU that one node's file does not tell",
    on("secondary", "igb0", "<mtu>9000</mtu>", on("primary", "igb0", "<mtu>big</mtu>")),
    false,
  ],
  ["an MTU that cannot be read", on("primary", "igb0", "<mtu>big</mtu>"), false],
  ["an interface without a VIP", withInterfaces([{ key: "opt2", more: "<mtu>9000</mtu>" }], [{ key: "opt2" }]), false],
  [
    "the sync interface of a node without pfsync",
    change(on("primary", "igb2", "<mtu>9000</mtu>"), "both", /<pfsyncenabled>on<\/pfsyncenabled>/g, ""),
    false,
  ],
] as const)("%s: %s", async ([, files, reported]) => {
  expect((await report(rule, files)).includes(rule.id)).toBe(reported);
});
