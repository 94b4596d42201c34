import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { cli } from "../support/cli.ts";
import { folder } from "../support/run.ts";
import { hasTool, runTool } from "../support/tool.ts";

/** A folder with a completion script, and some files to complete. */
async function withScript(shell: string): Promise<string> {
  const cwd = folder();
  mkdirSync(join(cwd, "paris"));
  for (const file of ["pf1.xml", "pf2.xml", "notes.txt"]) writeFileSync(join(cwd, file), "");
  writeFileSync(join(cwd, "script"), (await cli(["completion", shell])).stdout);
  return cwd;
}

describe("in the real bash", () => {
  async function complete(...words: string[]): Promise<string[]> {
    const cwd = await withScript("bash");
    const line = words.map((word) => `'${word}'`).join(" ");
    const script = `source ./script; COMP_WORDS=(pfha-lint ${line}); COMP_CWORD=${words.length}; _pfha_lint; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { code, output } = runTool("bash", ["--norc", "-c", script], cwd);
    expect(code).toBe(0);
    return output.split("\n").filter((word) => word !== "");
  }

  test.for([
    ["commands", ["complet"], ["completion"]],
    ["files of a pair, and folders", ["fix", "p"], ["pf1.xml", "pf2.xml", "paris"]],
    ["the second file", ["pf1.xml", "pf"], ["pf1.xml", "pf2.xml"]],
    ["options of the command", ["fix", "--wr"], ["--write"]],
    ["options where no command is named", ["--fail"], ["--fail-on"]],
    ["values of an option", ["-f", "sa"], ["sarif"]],
    ["choices of an option", ["check", "--fail-on", "w"], ["warning"]],
    ["rules to explain", ["explain", "version-m"], ["version-match"]],
    ["rules to choose", ["--only", "version-m"], ["version-match"]],
    ["shells", ["completion", "z"], ["zsh"]],
  ] as const)("completes %s", async ([, words, expected]) => {
    expect((await complete(...words)).sort()).toEqual([...expected].sort());
  });

  test("knows every command and every option", async () => {
    expect(await complete("")).toEqual(expect.arrayContaining(commands.map(({ name }) => name)));
    for (const { name, options } of commands) {
      expect(await complete(name, "--")).toEqual(
        expect.arrayContaining(Object.keys(options).map((option) => `--${option}`)),
      );
    }
  });
});

test.skipIf(!hasTool("zsh"))("zsh takes the script", async () => {
  const cwd = await withScript("zsh");
  const load = "autoload -U compinit; compinit -u -d ./dump; source ./script; print $_comps[pfha-lint]";
  expect(runTool("zsh", ["-f", "-n", "./script"], cwd)).toEqual({ code: 0, output: "" });
  expect(runTool("zsh", ["-f", "-c", load], cwd, { ZDOTDIR: cwd, HOME: cwd })).toEqual({
    code: 0,
    output: "_pfha-lint\n",
  });
});

test.skipIf(!hasTool("fish"))("fish completes with the script", async () => {
  const cwd = await withScript("fish");
  const complete = (line: string): string[] =>
    runTool("fish", ["--no-config", "-c", `source ./script; complete -C '${line}'`], cwd, { HOME: cwd })
      .output.split("\n")
      .map((word) => word.split("\t")[0] ?? "")
      .filter((word) => word !== "");
  expect(complete("pfha-lint comp")).toContain("completion");
  expect(complete("pfha-lint explain version-m")).toContain("version-match");
  expect(complete("pfha-lint check --fail-on w")).toEqual(["warning"]);
  expect(complete("pfha-lint fix --wr")).toEqual(["--write"]);
  expect(complete("pfha-lint pf")).toEqual(expect.arrayContaining(["pf1.xml", "pf2.xml"]));
});

test("an unknown shell is a usage error that names the nearest", async () => {
  expect(await cli(["completion", "bsh"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("did you mean bash?"),
  });
});

test.skipIf(!hasTool("man"))("man renders the manual page without a warning", () => {
  const { code, output } = runTool("man", ["--warnings", "-l", "man/pfha-lint.1"], process.cwd(), {
    MANWIDTH: "100",
    LC_ALL: "C.UTF-8",
    PAGER: "cat",
  });
  expect(code).toBe(0);
  expect(output).not.toContain("warning:");
  for (const { name } of commands) expect(output).toContain(name);
});
