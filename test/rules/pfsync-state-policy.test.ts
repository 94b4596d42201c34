import { expect, test } from "vitest";
import { pfsyncStatePolicy as rule } from "../../src/rules/pfsync-state-policy.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";

const version = (number: string) => change(small, "both", "<version>23.3<", `<version>${number}<`);
const policy = (files: Files, where: keyof Files, text: string) =>
  change(
    files,
    where,
    "<timezone>Etc/UTC</timezone>",
    `<timezone>Etc/UTC</timezone><statepolicy>${text}</statepolicy>`,
  );

test.for([
  ["nothing and the default", policy(version("24.0"), "secondary", "if-bound"), false],
  ["nothing and floating", policy(version("24.0"), "secondary", "floating"), true],
  ["floating and floating", policy(policy(version("24.0"), "secondary", "floating"), "primary", "floating"), false],
  ["floating and nothing up to 23.3, as in pfSense Plus", policy(version("23.3"), "primary", "floating"), true],
  ["the default written out up to 23.3", policy(version("23.3"), "primary", "if-bound"), false],
] as const)("%s: %s", async ([, files, reported]) => {
  expect((await report(rule, files)).includes(rule.id)).toBe(reported);
});

test("writes the primary's policy, the default too", async () => {
  const after = await fixed(rule, policy(version("24.0"), "secondary", "floating"));
  expect(after.secondary).toContain("<statepolicy><![CDATA[if-bound]]></statepolicy>");
});

test("does not ask where pfsync is off on one node", async () => {
  const files = policy(version("24.0"), "secondary", "floating");
  expect(await report(rule, change(files, "secondary", "<pfsyncenabled>on</pfsyncenabled>", ""))).toBe("");
});
