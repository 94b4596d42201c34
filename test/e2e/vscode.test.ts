import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type IProblem, parseProblemMatchersJson } from "@rushstack/problem-matcher";
import { expect, test } from "vitest";
import { gnuPattern } from "../../src/report/text.ts";
import { cli } from "../support/cli.ts";
import { root } from "../support/pair.ts";
import { folder } from "../support/run.ts";

interface Task {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly isBackground?: boolean;
  readonly problemMatcher: {
    readonly pattern: { readonly regexp: string };
    readonly background?: { readonly beginsPattern: string; readonly endsPattern: string };
  };
}

/** The tasks that `init` writes, in a folder whose name holds a space. */
async function initialised(): Promise<{ cwd: string; once: Task; watching: Task }> {
  const cwd = join(folder(), "our firewalls");
  cpSync(new URL("fixtures/pairs/broken", root), join(cwd, "site one"), { recursive: true });
  expect((await cli(["init"], { cwd })).code).toBe(0);
  const { tasks } = JSON.parse(readFileSync(join(cwd, ".vscode/tasks.json"), "utf8")) as { tasks: [Task, Task] };
  return { cwd, once: tasks[0], watching: tasks[1] };
}

/** What VS Code would list. */
function problems({ problemMatcher }: Task, output: string): readonly IProblem[] {
  const [matcher] = parseProblemMatchersJson([problemMatcher as never]);
  return output
    .split("\n")
    .map((line) => matcher!.exec(`${line}\n`))
    .filter((problem) => problem !== false);
}

test.for(["text", "compact"])("the matcher of init lists what a run prints as %s", async (format) => {
  const { cwd, once } = await initialised();
  const { stdout } = await cli([...once.args.slice(1), "-f", format], { cwd });
  const { stdout: json } = await cli(["check", "-f", "json"], { cwd });
  const expected = JSON.parse(json).clusters[0].diagnostics as readonly Record<string, unknown>[];
  expect(expected.length).toBeGreaterThan(0);
  expect(problems(once, stdout)).toMatchObject(
    expected.map(({ file, start, severity, message, rule }) => ({
      file,
      line: (start as { line: number }).line,
      column: (start as { column: number }).column,
      severity,
      message,
      code: rule,
    })),
  );
  expect(expected[0]!["file"]).toMatch(/^site one\//);
});

test.for([
  ["C:\\fw\\pf 2.xml:12:3: error: VHID 1 on wan: expected a, found b [carp-advskew-order]", "C:\\fw\\pf 2.xml", 12, 3],
  ["/srv/pf:1/pf2.xml:3:4: info: m [a]", "/srv/pf:1/pf2.xml", 3, 4],
  ["<stdin>:1:1: warning: x: 2:3: y [b-c]", "<stdin>", 1, 1],
] as const)("the matcher finds the file in %s", async ([line, file, number, column]) => {
  const { once } = await initialised();
  expect(problems(once, line)).toMatchObject([{ file, line: number, column }]);
});

test("the matcher is the pattern of the text report", async () => {
  const { once, watching } = await initialised();
  expect(once.problemMatcher.pattern.regexp).toBe(gnuPattern);
  expect(watching.problemMatcher.pattern).toEqual(once.problemMatcher.pattern);
});

test("colours do not hide a diagnostic: VS Code takes them away first", async () => {
  const { cwd, once } = await initialised();
  const { stdout } = await cli(["check", "--color", "always"], { cwd });
  expect(stdout).toContain("\u001b[");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that paint a terminal begin with one.
  expect(problems(once, stdout.replace(/\u001b\[[0-9;]*m/g, "")).length).toBeGreaterThan(0);
});

test("watching frames each run, and survives replaced, half-written, deleted and returning files", async () => {
  const { cwd, watching } = await initialised();
  const file = join(cwd, "site one", "secondary.xml");
  const broken = readFileSync(file, "utf8");
  const healthy = readFileSync(new URL("fixtures/pairs/small/secondary.xml", root), "utf8");
  const ending = new AbortController();
  let printed = "";
  let waiting: ((done: string) => void) | undefined;
  const { main } = await import("../../src/cli/main.ts");
  const { beginsPattern, endsPattern } = watching.problemMatcher.background!;
  const run = (): Promise<string> =>
    new Promise((resolve) => {
      waiting = resolve;
    });
  const isTerminal = false;
  const write = (text: string): void => {
    printed += text;
    if (!new RegExp(endsPattern, "m").test(text)) return;
    const all = printed;
    printed = "";
    waiting?.(all);
  };
  const first = run();
  const args = [...watching.args.slice(1), "--only", "version-match,xml-well-formed,proxmox-host-apart"];
  const io = { env: {}, cwd, readStdin: async () => new Uint8Array(), signal: ending.signal };
  const ended = main(args, { ...io, stdout: { write, isTerminal }, stderr: { write, isTerminal } });
  const seen = async (outcome: Promise<string>): Promise<string[]> => {
    const output = await outcome;
    expect(output).toMatch(new RegExp(beginsPattern, "m"));
    return problems(watching, output).map(({ code }) => code ?? "");
  };
  const after = async (change: () => void): Promise<string[]> => {
    const next = run();
    change();
    return seen(next);
  };

  expect(await seen(first)).toEqual(["version-match"]);
  writeFileSync(`${file}.new`, healthy);
  expect(await after(() => renameSync(`${file}.new`, file))).toEqual([]);
  expect(await after(() => writeFileSync(file, broken.slice(0, 2000)))).toContain("xml-well-formed");
  expect(await after(() => writeFileSync(file, broken))).toEqual(["version-match"]);
  expect(await after(() => rmSync(file))).toEqual([]);
  expect(await after(() => writeFileSync(file, broken))).toEqual(["version-match"]);
  const config = join(cwd, "pfha-lint.yaml");
  expect(await after(() => writeFileSync(config, "rulez: 1\n"))).toEqual([]);
  mkdirSync(join(cwd, "unrelated"));
  const clusters = "clusters: { a: { primary: site one/primary.xml, secondary: site one/secondary.xml } }\n";
  expect(await after(() => writeFileSync(config, clusters))).toEqual(["version-match"]);
  for (const host of ["one", "two"]) mkdirSync(join(cwd, "pve", host), { recursive: true });
  for (const id of [101, 102]) writeFileSync(join(cwd, "pve/one", `${id}.conf`), `name: vm${id}\n`);
  const wired = clusters.replace(
    " } }",
    ", proxmox: { files: [pve], primary: { vm: 101 }, secondary: { vm: 102 } } } }",
  );
  expect(await after(() => writeFileSync(config, wired))).toEqual(["proxmox-host-apart", "version-match"]);
  const away = (): void => renameSync(join(cwd, "pve/one/102.conf"), join(cwd, "pve/two/102.conf"));
  expect(await after(away)).toEqual(["version-match"]);
  ending.abort();
  expect(await ended).toBe(0);
});

test("watching refuses what would be no report", async () => {
  const { cwd } = await initialised();
  expect(await cli(["check", "--watch", "-f", "json"], { cwd })).toMatchObject({ code: 2 });
  expect(await cli(["-", "site one/primary.xml", "--watch"], { cwd })).toMatchObject({ code: 2 });
});
