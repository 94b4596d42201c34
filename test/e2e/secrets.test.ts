import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formats } from "../../src/report/index.ts";
import { bytesOf } from "../support/bytes.ts";
import { withCanaries } from "../support/canaries.ts";
import { readFiles, root, small } from "../support/pair.ts";
import { folder, run } from "../support/run.ts";
import { faultsTogether } from "../support/together.ts";

/** Everything that is wrong about passwords and accounts at once, beside pairs that are broken in other ways. */
function site(): string {
  const cwd = folder();
  const rules = new URL("fixtures/rules/", root);
  const bad = readdirSync(rules)
    .filter((rule) => /password|account|xmlrpc|carp|sync/.test(rule))
    .flatMap((rule) => readdirSync(new URL(rule, rules)).map((name) => `rules/${rule}/${name}`))
    .filter((name) => name.includes("/bad-"));
  const pairs = {
    faults: faultsTogether(bad).files,
    broken: readFiles("pairs/broken"),
    hostile: readFiles("pairs/hostile"),
    small,
  };
  const lines = Object.entries(pairs).map(([name, files]) => {
    mkdirSync(join(cwd, name));
    const canaries = withCanaries(files);
    for (const role of ["primary", "secondary"] as const) {
      expect(canaries[role]).toContain("canary");
      writeFileSync(join(cwd, name, `${role}.xml`), bytesOf(canaries[role]));
    }
    return `  ${name}: { primary: ${name}/primary.xml, secondary: ${name}/secondary.xml }\n`;
  });
  writeFileSync(join(cwd, "pfha-lint.yaml"), `clusters:\n${lines.join("")}`);
  return cwd;
}

test("no secret in any format, at any verbosity, with threads or without", () => {
  const cwd = site();
  const reports = [...formats.keys()].map((name) => `--format=${name}=out/${name}`);
  for (const verbosity of [[], ["--quiet"], ["--verbose"], ["--verbose", "--timing", "--color=always"]]) {
    for (const jobs of ["--jobs=1", "--jobs=2"]) {
      const { code, stdout, stderr } = run(["check", "--format=text", ...reports, ...verbosity, jobs], { cwd });
      expect(code).toBe(1);
      expect(stdout).toContain("carp-password-match");
      for (const name of readdirSync(join(cwd, "out")))
        expect(readFileSync(join(cwd, "out", name), "utf8").match(/.*canary.*/), name).toBe(null);
      expect((stdout + stderr).match(/.*canary.*/)).toBe(null);
    }
  }
});
