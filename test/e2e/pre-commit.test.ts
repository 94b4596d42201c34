import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/pair.ts";
import { folder } from "../support/run.ts";
import { git, hasTool, runTool } from "../support/tool.ts";

const rules = "--only=version-match,carp-advskew-order,accepted-finding-current";

/** A repository with two healthy clusters, committed, whose commits run the hook of `.pre-commit-hooks.yaml`. */
function repository(passNames = true): {
  cwd: string;
  commit: (message: string) => { code: number | null; output: string };
} {
  const base = folder();
  const hooks = join(base, "hooks");
  mkdirSync(hooks);
  cpSync(new URL(".pre-commit-hooks.yaml", root), join(hooks, ".pre-commit-hooks.yaml"));
  git(hooks, "init", "-q", "-b", "main");
  git(hooks, "add", ".");
  git(hooks, "commit", "-qm", "Hooks");
  const bin = join(base, "bin");
  mkdirSync(bin);
  const program = new URL("bin/pfha-lint.js", root).pathname;
  writeFileSync(join(bin, "pfha-lint"), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(bin, "pfha-lint"), 0o755);

  const cwd = join(base, "repository");
  for (const name of ["paris", "sites/lyon"])
    cpSync(new URL("fixtures/pairs/small", root), join(cwd, name), { recursive: true });
  rmSync(join(cwd, "paris/reports"), { recursive: true, force: true });
  rmSync(join(cwd, "sites/lyon/reports"), { recursive: true, force: true });
  writeFileSync(
    join(cwd, "pfha-lint.yaml"),
    "clusters: { paris: { primary: paris/primary.xml, secondary: paris/secondary.xml } }\n",
  );
  writeFileSync(
    join(cwd, "sites/pfha-lint.yaml"),
    "clusters: { lyon: { primary: lyon/primary.xml, secondary: lyon/secondary.xml } }\n",
  );
  writeFileSync(join(cwd, "readme.txt"), "ours\n");
  git(cwd, "init", "-q", "-b", "main");
  const hook = { id: "pfha-lint-system", args: [rules], ...(!passNames && { pass_filenames: false }) };
  const config = { repos: [{ repo: hooks, rev: git(hooks, "rev-parse", "HEAD").trim(), hooks: [hook] }] };
  writeFileSync(join(cwd, ".pre-commit-config.yaml"), JSON.stringify(config));
  git(cwd, "add", ".");
  git(cwd, "commit", "-qm", "Sites");
  const env = { PATH: `${bin}:${process.env["PATH"]}`, PRE_COMMIT_HOME: join(base, "cache"), CI: "" };
  expect(runTool("pre-commit", ["install"], cwd, env).code).toBe(0);
  return {
    cwd,
    commit: (message) =>
      runTool("git", ["-c", "user.name=T", "-c", "user.email=t@t.example", "commit", "-qam", message], cwd, env),
  };
}

const breakIt = (file: string): void => {
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("<advskew>100</advskew>", "<advskew>0</advskew>"));
};

describe.skipIf(!hasTool("pre-commit")).for([
  ["with file names", true],
  ["without file names", false],
] as const)("the real pre-commit, %s,", ([, passNames]) => {
  test("refuses a bad commit and shows the diagnostic, in a subfolder too", () => {
    const { cwd, commit } = repository(passNames);
    breakIt(join(cwd, "sites/lyon/secondary.xml"));
    const { code, output } = commit("Break lyon");
    expect(code).toBe(1);
    expect(output).toContain("sites/lyon/secondary.xml:193:13: error: VHID 1 on wan");
    expect(output).not.toContain("paris");
    expect(git(cwd, "log", "--oneline").trim().split("\n")).toHaveLength(1);
  });

  test("lets a good commit pass, and one that touches no cluster", () => {
    const { cwd, commit } = repository(passNames);
    writeFileSync(
      join(cwd, "paris/primary.xml"),
      readFileSync(join(cwd, "paris/primary.xml"), "utf8").replace("Web]]", "Web pages]]"),
    );
    expect(commit("Rename a rule").code).toBe(0);
    writeFileSync(join(cwd, "readme.txt"), "ours, still\n");
    expect(commit("Say it again").code).toBe(0);
    expect(git(cwd, "log", "--oneline").trim().split("\n")).toHaveLength(3);
  });

  test("refuses a commit that deletes or renames a file which a cluster needs", () => {
    const { cwd, commit } = repository(passNames);
    git(cwd, "rm", "-q", "paris/secondary.xml");
    const deleted = commit("Delete");
    expect(deleted.code).toBe(1);
    expect(deleted.output).toContain("paris: paris/secondary.xml: cannot be read: no such file");
    git(cwd, "reset", "-q", "--hard");
    git(cwd, "mv", "sites/lyon/primary.xml", "sites/lyon/pf1.xml");
    expect(commit("Rename").output).toContain("lyon: sites/lyon/primary.xml: cannot be read: no such file");
    writeFileSync(
      join(cwd, "sites/pfha-lint.yaml"),
      "clusters: { lyon: { primary: lyon/pf1.xml, secondary: lyon/secondary.xml } }\n",
    );
    expect(commit("Rename, and say so").code).toBe(0);
  });

  test("looks at every cluster of a changed configuration file", () => {
    const { cwd, commit } = repository(passNames);
    breakIt(join(cwd, "paris/secondary.xml"));
    expect(
      runTool("git", ["-c", "user.name=T", "-c", "user.email=t@t.example", "commit", "-nqam", "Break"], cwd).code,
    ).toBe(0);
    writeFileSync(join(cwd, "pfha-lint.yaml"), `${readFileSync(join(cwd, "pfha-lint.yaml"), "utf8")}failOn: warning\n`);
    expect(commit("Be strict").output).toContain("paris/secondary.xml:193:13: error");
  });

  test("looks at every cluster with --all-files", () => {
    const { cwd } = repository(passNames);
    breakIt(join(cwd, "paris/secondary.xml"));
    const env = { PRE_COMMIT_HOME: join(cwd, "../cache"), PATH: `${join(cwd, "../bin")}:${process.env["PATH"]}` };
    const { code, output } = runTool("pre-commit", ["run", "--all-files"], cwd, env);
    expect(code).toBe(1);
    expect(output).toContain("paris/secondary.xml:193:13: error");
  });
});
