import { expect, test } from "vitest";
import { text } from "../../src/report/text.ts";
import { change, lintFiles, small } from "../support/pair.ts";

const summary = async (primary: string, secondary: string): Promise<string> => {
  const own = change(small, "primary", "<version>23.3<", `<version>${primary}<`);
  const files = change(own, "secondary", "<version>23.3<", `<version>${secondary}<`);
  return text({ toolVersion: "0.0.0", exitCode: 0, failOn: "error", reports: [await lintFiles(files, [])] });
};

test.for([
  ["23.3", "23.3", "config 23.3"],
  ["23.3", "22.9", "config 23.3 and 22.9"],
  ["23.3", "", "config 23.3 and unknown"],
  ["", "23.3", "config unknown and 23.3"],
  ["", "", "config unknown"],
] as const)("the summary of config versions '%s' and '%s' says %s", async ([primary, secondary, expected]) => {
  expect(await summary(primary, secondary)).toContain(`, ${expected}; `);
});
