import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseProblemMatchersJson } from "@rushstack/problem-matcher";
import { describe, expect, test } from "vitest";
import { problemMatcher } from "../../src/cli/vscode.ts";
import { root } from "../support/pair.ts";
import { folder, run } from "../support/run.ts";
import { hasTool, runTool } from "../support/tool.ts";

const program = `'${process.execPath}' '${new URL("bin/pfha-lint.js", root).pathname}'`;

/** A site of some broken clusters. */
function site(count: number): string {
  const cwd = folder();
  const names = Array.from({ length: count }, (_, index) => `c${index}`);
  for (const name of names) cpSync(new URL("fixtures/pairs/broken", root), join(cwd, name), { recursive: true });
  const line = (name: string): string =>
    `  ${name}: { primary: ${name}/primary.xml, secondary: ${name}/secondary.xml }\n`;
  writeFileSync(join(cwd, "pfha-lint.yaml"), `clusters:\n${names.map(line).join("")}`);
  return cwd;
}

const erase = "<esc>[K";

// `script` gives the program a real pseudo-terminal and passes on what it writes to it.
describe.skipIf(!hasTool("script"))("progress on a terminal", () => {
  /** What the terminal is sent, its escape character written out; standard output goes to a file unless `args` say otherwise. */
  function seen(cwd: string, args: string, env: Record<string, string> = {}): { code: number | null; output: string } {
    const command = `${program} check --no-verify-passwords ${args}`;
    const terminal = { CI: "", TERM: "xterm", NO_COLOR: "1", ...env };
    const { code, output } = runTool("script", ["-qec", command, "/dev/null"], cwd, terminal);
    return { code, output: output.replaceAll("\u001b", "<esc>") };
  }
  const line = /\r<esc>\[Kpfha-lint: (\d+) of 30 clusters/g;

  test("says how far it is, goes forward, and takes the line away", () => {
    const cwd = site(30);
    for (const jobs of ["1", "2"]) {
      const { code, output } = seen(cwd, `--jobs ${jobs} >report.txt`);
      expect(code).toBe(1);
      const counts = [...output.matchAll(line)].map(([, done]) => Number(done));
      expect(counts.length).toBeGreaterThan(1);
      expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
      expect(output.replaceAll(line, "")).toBe(`\r${erase}`);
      const { stdout } = run(["check", "--no-verify-passwords"], { cwd });
      expect(readFileSync(join(cwd, "report.txt"), "utf8")).toBe(stdout);
    }
  });

  test.for([
    ["with --quiet", "--quiet >report.txt", {}],
    ["in continuous integration", ">report.txt", { CI: "1" }],
    ["on a terminal that cannot erase", ">report.txt", { TERM: "dumb" }],
    ["where standard error is a file", "2>errors.txt >report.txt", {}],
    ["for a pair", ">report.txt c0/primary.xml c0/secondary.xml", {}],
  ] as const)("says nothing %s", ([, args, env]) => {
    const cwd = site(3);
    expect(seen(cwd, args, env)).toEqual({ code: 1, output: "" });
    if (args.includes("2>")) expect(readFileSync(join(cwd, "errors.txt"), "utf8")).toBe("");
  });

  test("is gone before anything else is said, also when it ends with an error", () => {
    const cwd = site(3);
    writeFileSync(join(cwd, "c1/secondary.xml"), readFileSync(join(cwd, "c1/primary.xml")));
    const { code, output } = seen(cwd, ">report.txt");
    expect(code).toBe(3);
    expect(output).toMatch(
      /^\r<esc>\[Kpfha-lint: 1 of 3 clusters[^\n]*\r<esc>\[Kpfha-lint: c1: [^\n]*the same content[^\n]*\r\n$/,
    );
  });

  test("hides no diagnostic from an editor's task, which runs on a terminal too", () => {
    const cwd = site(3);
    const { output } = seen(cwd, "");
    expect(output).toContain(erase);
    const [matcher] = parseProblemMatchersJson([problemMatcher as never]);
    // As VS Code does: lines end at LF and at CR, and the sequences of the terminal are taken away.
    const lines = output.split(/[\r\n]+/).map((text) => text.replace(/<esc>\[[0-9;]*[mK]/g, ""));
    const found = lines.map((text) => matcher!.exec(`${text}\n`)).filter((problem) => problem !== false);
    const { stdout } = run(["check", "--no-verify-passwords", "-f", "compact"], { cwd });
    const expected = stdout
      .trim()
      .split("\n")
      .filter((text) => / \[[a-z0-9-]+\]$/.test(text));
    expect(
      found.map(
        ({ file, line: at, column, severity, message, code }) =>
          `${file}:${at}:${column}: ${severity}: ${message} [${code}]`,
      ),
    ).toEqual(expected);
  });
});
