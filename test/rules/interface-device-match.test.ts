import { expect, test } from "vitest";
import { interfaceDeviceMatch as rule } from "../../src/rules/interface-device-match.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { change, report, small } from "../support/pair.ts";

const bound = change(small, "both", "<version>23.3<", "<version>24.0<");
const other = change(bound, "secondary", "<if>igb1</if>", "<if>em1</if>");
const policy = (where: "primary" | "secondary", text: string, files: typeof small) =>
  change(
    files,
    where,
    "<timezone>Etc/UTC</timezone>",
    `<timezone>Etc/UTC</timezone><statepolicy>${text}</statepolicy>`,
  );

test.for([
  ["bound by default after 2.7", other, true],
  ["bound on one node", policy("primary", "floating", other), true],
  ["floating on both", policy("secondary", "floating", policy("primary", "floating", other)), false],
  [
    "bound by setting up to 23.3",
    policy("secondary", "if-bound", change(small, "secondary", "<if>igb1</if>", "<if>em1</if>")),
    true,
  ],
  ["pfsync off on one node", change(other, "secondary", "<pfsyncenabled>on</pfsyncenabled>", ""), false],
  [
    "an interface that is off",
    withInterfaces([{ key: "opt2", device: "a0" }], [{ key: "opt2", device: "b0", off: true }], bound),
    false,
  ],
] as const)("%s: %s", async ([, files, reported]) => {
  expect((await report(rule, files)).includes(rule.id)).toBe(reported);
});

test("leaves VPNs on one node to interface-order-match", async () => {
  expect(await report(rule, withInterfaces([{ key: "opt2", device: "ovpns1" }], [{ key: "opt2" }], bound))).toBe("");
});
