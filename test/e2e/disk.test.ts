import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli } from "../support/cli.ts";
import { breakDisk } from "../support/disk.mjs";
import { change, root, small } from "../support/pair.ts";
import { folder, run } from "../support/run.ts";

/** Both files have something to fix, and one diagnostic is left to accept. */
const pair = {
  primary: small.primary.replace("<synchronizetoip>10.99.0.2<", "<synchronizetoip>https://10.99.0.2<"),
  secondary: change(small, "secondary", /<advskew>100/g, "<advskew>0").secondary,
};
const exports = { "pf1.xml": pair.primary, "pf2.xml": pair.secondary };

/** Every way to have something written, and what lies in the folder before. */
const commands: Readonly<Record<string, { args: readonly string[]; files?: Readonly<Record<string, string>> }>> = {
  "fix --write": { args: ["fix", "pf1.xml", "pf2.xml", "--write", "--unsafe", "--node", "both"] },
  "fix -o": { args: ["fix", "pf1.xml", "pf2.xml", "-o", "new.xml"], files: { "new.xml": "old" } },
  "compile -o": { args: ["compile", "pf1.xml", "--node", "pf2.xml", "-o", "new.xml"], files: { "new.xml": "old" } },
  "compile --init -o": { args: ["compile", "pf1.xml", "--init", "-o", "node.yaml"] },
  "plan -o": { args: ["plan", "pf1.xml", "pf2.xml", "-o", "new.xml"], files: { "new.xml": "old" } },
  accept: {
    args: ["accept", "pf1.xml", "pf2.xml", "--reason", "it is so"],
    files: { "pfha-lint.yaml": "# ours\nfailOn: warning\n" },
  },
  "accept, for the first time": { args: ["accept", "pf1.xml", "pf2.xml", "--reason", "it is so"] },
  init: { args: ["init"] },
  "-f FORMAT=FILE": {
    args: ["pf1.xml", "pf2.xml", "--fail-on=never", "-f", "sarif=out/report.sarif", "-f", "html=report.html"],
    files: { "report.html": "old" },
  },
};

type Tree = ReadonlyMap<string, string>;

const isTemporary = (path: string): boolean => /(?:^|\/)\.pfha-lint-\d+-[0-9a-f]{12}\.tmp$/.test(path);

/** All files of a folder, by path. */
function treeOf(cwd: string): Tree {
  const paths = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(cwd, path)).isFile(),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(cwd, path), "utf8")]));
}

/** Puts a folder back as it was before the command; what a killed run left behind stays. */
function reset(cwd: string, name: string): Tree {
  for (const path of treeOf(cwd).keys()) if (!isTemporary(path)) rmSync(join(cwd, path));
  const files = { ...exports, ...commands[name]?.files };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  return new Map(Object.entries(files));
}

/** What the command leaves when nothing is in its way. */
function wholeRun(name: string): { readonly before: Tree; readonly after: Tree } {
  const cwd = folder();
  const before = reset(cwd, name);
  expect(run(commands[name]!.args, { cwd })).toMatchObject({ code: 0 });
  const after = treeOf(cwd);
  expect(after).not.toEqual(before);
  return { before, after };
}

/** Every file is the old one or the new one, and there is no other; returns the temporary files. */
function expectWhole(cwd: string, before: Tree, after: Tree, when: string): readonly string[] {
  const left = treeOf(cwd);
  for (const path of new Set([...before.keys(), ...after.keys(), ...left.keys()])) {
    if (isTemporary(path)) continue;
    const content = left.get(path);
    if (content !== before.get(path) && content !== after.get(path)) {
      throw new Error(`${when}, ${path} was neither the old file nor the new one: ${JSON.stringify(content)}`);
    }
  }
  for (const path of before.keys()) {
    const kept = after.get(`${path}.orig`);
    if (kept !== undefined && left.get(path) === after.get(path)) expect(left.get(`${path}.orig`)).toBe(kept);
  }
  return [...left.keys()].filter(isTemporary);
}

const preload = new URL("../support/disk.mjs", import.meta.url).href;
const program = new URL("bin/pfha-lint.js", root).pathname;

/** Runs the real program on a disk that breaks. */
function runBroken(cwd: string, name: string, disk: string): Promise<{ code: number | null; signal: string | null }> {
  const { CI: _, ...env } = process.env;
  const child = spawn(process.execPath, ["--import", preload, program, ...commands[name]!.args], {
    cwd,
    stdio: "ignore",
    env: { ...env, PFHA_TEST_DISK: disk },
  });
  return new Promise((end) => child.on("close", (code, signal) => end({ code, signal })));
}

describe.skipIf(process.platform === "win32")("killed before any change of the disk, or in the middle of it", () => {
  const names = ["fix --write", "compile -o", "plan -o", "accept", "init", "-f FORMAT=FILE"];
  test.for(names)("%s leaves whole files, and the next run tidies up", async (name) => {
    const { before, after } = wholeRun(name);
    const states = new Set<string>();

    /** Kills one run at every second change, each in the leavings of the one before; returns how many it killed. */
    const kill = async (first: number): Promise<number> => {
      const cwd = folder();
      for (let at = first; ; at += 2) {
        reset(cwd, name);
        const earlier = new Set(treeOf(cwd).keys());
        const { code, signal } = await runBroken(cwd, name, `kill ${at}`);
        const temporaries = expectWhole(cwd, before, after, `killed at change ${at}`);
        const left = treeOf(cwd);
        if (signal === null) {
          expect({ code, temporaries, left }).toEqual({ code: 0, temporaries: [], left: after });
          return at - 1;
        }
        expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
        for (const path of temporaries) if (!earlier.has(path)) expect(statSync(join(cwd, path)).mode & 0o022).toBe(0);
        states.add([...after].map(([path, content]) => (left.get(path) === content ? "new" : "old")).join(" "));
      }
    };
    const [one = 0, other = 0] = await Promise.all([kill(1), kill(2)]);
    expect(Math.abs(one - other)).toBe(1);
    // Every file is new at last, one after the other: so it was killed at every step.
    const changed = [...after].filter(([path, content]) => before.get(path) !== content).length;
    expect(states.size).toBe(changed);
  });
});

describe.skipIf(process.platform === "win32")("a disk that fails at any change", () => {
  const codes = ["ENOSPC", "EACCES", "EXDEV", "EIO", "EROFS", "EDQUOT"];
  test.for(Object.keys(commands))(
    "%s leaves whole files, says which one and what to do, and ends with 3",
    async (name) => {
      const { before, after } = wholeRun(name);
      const targets = [...after.keys()].filter((path) => after.get(path) !== before.get(path));
      for (let at = 1; ; at++) {
        const code = codes[at % codes.length]!;
        const cwd = folder();
        reset(cwd, name);
        const disk = breakDisk(code, at);
        const outcome = await cli(commands[name]!.args, { cwd }).finally(() => disk.mend());
        const when = `${name}, ${code} at change ${at}`;
        expect(expectWhole(cwd, before, after, when), when).toEqual([]);
        if (disk.calls() < at) {
          expect({ ...outcome, tree: treeOf(cwd) }).toMatchObject({ code: 0, tree: after });
          break;
        }
        expect(outcome.stdout + outcome.stderr).not.toContain("canary");
        if (outcome.code === 0) {
          expect({ when, tree: treeOf(cwd) }).toEqual({ when, tree: after });
          continue;
        }
        expect({ when, code: outcome.code }).toEqual({ when, code: 3 });
        expect(outcome.stderr).toMatch(
          /^pfha-lint: (.*): (?:cannot be written: .*; it is as it was|written, but it may not last: .*)\n {2}help: .+$/m,
        );
        expect(targets).toContain(/^pfha-lint: (.*?): /m.exec(outcome.stderr)?.[1]);
      }
    },
  );

  test("a pair of which only the first file could be written is said to be one", async () => {
    const { before, after } = wholeRun("fix --write");
    const said = new Set<string>();
    for (let at = 25; at < 36; at++) {
      const cwd = folder();
      reset(cwd, "fix --write");
      const disk = breakDisk("EACCES", at);
      const { stderr } = await cli(commands["fix --write"]!.args, { cwd }).finally(() => disk.mend());
      const half =
        treeOf(cwd).get("pf1.xml") === after.get("pf1.xml") && treeOf(cwd).get("pf2.xml") === before.get("pf2.xml");
      expect(stderr.includes("\n  pf1.xml is written already; what it was is in pf1.xml.orig\n")).toBe(half);
      said.add(String(half));
    }
    expect([...said].sort()).toEqual(["false", "true"]);
  });
});

describe("a report", () => {
  test.for([
    ["an input", ["-f", "json=pf2.xml"], "pf2.xml is one of the inputs"],
    ["an input by another name", ["-f", "json=./sub/../pf1.xml"], "./sub/../pf1.xml is one of the inputs"],
    ["the configuration file", ["-f", "text", "-f", "json=pfha-lint.yaml"], "pfha-lint.yaml is one of the inputs"],
    ["another report", ["-f", "json=out", "-f", "sarif=./out"], "two reports cannot both be ./out"],
  ] as const)("never takes the place of %s", ([, more, message]) => {
    const cwd = folder();
    mkdirSync(join(cwd, "sub"));
    for (const [path, content] of Object.entries(exports)) writeFileSync(join(cwd, path), content);
    writeFileSync(join(cwd, "pfha-lint.yaml"), "clusters: { a: { primary: pf1.xml, secondary: pf2.xml } }\n");
    const before = treeOf(cwd);
    for (const args of [["pf1.xml", "pf2.xml"], ["check"], ["staged"]]) {
      const { code, stdout, stderr } = run([...args, ...more], { cwd });
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
      expect(stderr).toContain(message);
    }
    expect(treeOf(cwd)).toEqual(before);
    writeFileSync(join(cwd, "shard.json"), run(["check", "-f", "json"], { cwd }).stdout);
    expect(run(["merge-reports", "shard.json", "-f", "json=shard.json"], { cwd }).code).toBe(2);
    expect(existsSync(join(cwd, "out"))).toBe(false);
  });
});
