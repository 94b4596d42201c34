import { expect, test } from "vitest";
import { versionKnown as rule } from "../../src/rules/version-known.ts";
import { change, report, small } from "../support/pair.ts";

const version = (text: string) => change(small, "secondary", "<version>23.3<", `<version>${text}<`);

test.for(["19.1", "21.7", "22.95", "24.5"])("accepts %s", async (text) => {
  expect(await report(rule, version(text))).toBe("");
});

test.for([
  ["19.0", "upgrade the node"],
  ["24.6", "use a newer pfha-lint"],
  ["23", "export the configuration again"],
  ["23.3.1", "export the configuration again"],
  ["2.7.2-RELEASE", "export the configuration again"],
] as const)("reports %s", async ([text, help]) => {
  const printed = await report(rule, version(text));
  expect(printed).toContain(`found ${text} [version-known]`);
  expect(printed).toContain(`help: ${help}`);
});
