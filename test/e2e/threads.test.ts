import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import { threadsFor } from "../../src/cli/threads.ts";
import { formats } from "../../src/report/index.ts";
import { cli } from "../support/cli.ts";
import { root } from "../support/pair.ts";
import { folder, type Outcome, run } from "../support/run.ts";

const fixtures = new URL("fixtures/", root).pathname;
const accepted = `accepted:
  - { rule: version-match, cluster: c1, subject: version, reason: an upgrade is under way, until: 2999-01-01 }
  - { rule: version-match, cluster: c2, subject: version, reason: accepts nothing }
`;

/** A site of clusters named c0, c1 …, each a copy of a folder below fixtures/, or nothing at all. */
function site(pairs: readonly (string | undefined)[], more = accepted): string {
  const cwd = folder();
  const lines = pairs.map((pair, index) => {
    if (pair !== undefined) cpSync(join(fixtures, pair), join(cwd, `c${index}`), { recursive: true });
    const wires = pair !== undefined && readdirSync(join(cwd, `c${index}`)).includes("proxmox");
    const proxmox = wires ? `, proxmox: { files: [c${index}/proxmox] }` : "";
    return `  c${index}: { primary: c${index}/primary.xml, secondary: c${index}/secondary.xml${proxmox} }\n`;
  });
  writeFileSync(join(cwd, "pfha-lint.yaml"), `clusters:\n${lines.join("")}${more}`);
  return cwd;
}

/** Every kind of outcome: healthy, broken, hostile, missing, refused by pfSense, with a hypervisor, not pfSense at all. */
const kinds = [
  "pairs/small",
  "pairs/broken",
  "pairs/hostile",
  undefined,
  "rules/xml-element-unique/bad-second-hostname",
  "rules/proxmox-mac-filter/bad-firewall-in-force",
] as const;

const reports = [...formats.keys()].map((name) => `--format=${name}=out/${name}`);

/** What a run prints and writes, in every format. */
function everything(cwd: string, args: readonly string[], env: Record<string, string> = {}): object {
  const { code, stdout, stderr } = run(["check", "-v", "--format=text", ...reports, ...args], { cwd, env });
  const files = [...formats.keys()].map((name) => [name, readFileSync(join(cwd, "out", name), "utf8")]);
  return { code, stdout, stderr, ...Object.fromEntries(files) };
}

test("the same bytes in every format, whatever the number of threads", () => {
  const cwd = site(kinds);
  const alone = everything(cwd, ["--jobs=1"]);
  expect(alone).toMatchObject({ code: 3, stderr: expect.stringContaining("c3: c3/primary.xml: cannot be read") });
  expect(alone).toMatchObject({
    html: expect.stringContaining("<svg"),
    json: expect.stringContaining('"accepted": ['),
  });
  for (const jobs of ["2", "3", "50"]) expect(everything(cwd, [`--jobs=${jobs}`])).toEqual(alone);
});

describe("in this process", async () => {
  const { main } = (await import(new URL("dist/cli.js", root).href)) as {
    main: (argv: readonly string[], io: Io) => Promise<number>;
  };
  const worker = new URL("dist/worker.js", root);

  async function printed(cwd: string, args: readonly string[]): Promise<Outcome> {
    const got = { stdout: "", stderr: "" };
    const to = (name: "stdout" | "stderr"): Io["stdout"] => ({
      write: (text) => {
        got[name] += text;
      },
      isTerminal: false,
    });
    const io = { cwd, worker, env: {}, now: () => new Date("2026-11-24T12:00:00") };
    const readStdin = async (): Promise<Uint8Array> => new Uint8Array();
    const code = await main(["check", ...args], { ...io, stdout: to("stdout"), stderr: to("stderr"), readStdin });
    return { code, ...got };
  }

  test("any clusters, any options, any number of threads", { timeout: 300_000 }, async () => {
    const rules = join(fixtures, "rules");
    const folders = readdirSync(rules)
      .filter((rule) => rule !== "accepted-finding-current")
      .flatMap((rule) => readdirSync(join(rules, rule)).map((name) => `rules/${rule}/${name}`))
      .filter((name) => /\/(bad|good)-/.test(name) && readdirSync(join(fixtures, name)).includes("primary.xml"));
    const pair = fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...kinds) },
      { weight: 4, arbitrary: fc.constantFrom(...folders) },
    );
    const options = fc.subarray([
      "--fail-on=info",
      "--rule=version-match=off",
      "--verbose",
      "--only=carp-advskew-order,version-match",
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(pair, { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 2, max: 5 }),
        fc.constantFrom(...formats.keys()),
        options,
        async (pairs, threads, format, more) => {
          const cwd = site(pairs);
          const args = ["--no-verify-passwords", "--format", format, ...more];
          expect(await printed(cwd, [...args, `--jobs=${threads}`])).toEqual(await printed(cwd, [...args, "--jobs=1"]));
        },
      ),
      { numRuns: 15 },
    );
  });
});

/** Runs with a script that every thread loads first; `worker` tells it where it is. */
function preloaded(cwd: string, script: string, args: readonly string[]): Outcome {
  const path = join(cwd, "preload.cjs");
  const head = `const fs = require("node:fs"); const { isMainThread } = require("node:worker_threads"); const read = fs.readFileSync;\n`;
  const tail = `\nrequire("node:module").syncBuiltinESMExports();\n`;
  writeFileSync(path, head + script + tail);
  return run(["check", "--no-verify-passwords", ...args], { cwd, env: { NODE_OPTIONS: `--require "${path}"` } });
}

/** Makes the first thread slow, so that the others get something to do. */
const slow = `if (isMainThread) fs.readFileSync = (path, ...rest) => {
  if (String(path).endsWith("primary.xml")) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  return read(path, ...rest);
};`;
const many = Array.from({ length: 12 }, () => "pairs/small");

test("other threads do take part", () => {
  const cwd = site(many, "");
  const note = `if (!isMainThread) fs.readFileSync = (path, ...rest) => {
    if (String(path).endsWith("primary.xml")) fs.appendFileSync(${JSON.stringify(join(cwd, "seen"))}, path + "\\n");
    return read(path, ...rest);
  };`;
  expect(preloaded(cwd, slow + note, ["--jobs=2"])).toMatchObject({ code: 0, stderr: "" });
  const seen = readFileSync(join(cwd, "seen"), "utf8").trim().split("\n");
  expect(seen.length).toBeGreaterThan(2);
  expect(new Set(seen).size).toBe(seen.length);
});

test("a bug is reported as without threads: where it is, and no word of the inputs", () => {
  const cwd = site(["pairs/small", "pairs/broken", "pairs/small", "pairs/small"], "");
  const bug = `const real = fs.realpathSync;
  fs.realpathSync = (path, ...rest) => {
    if (String(path).includes("c1")) throw new TypeError("the secret is hunter2");
    return real(path, ...rest);
  };`;
  const [alone, together] = ["1", "3"].map((jobs) => preloaded(cwd, bug, [`--jobs=${jobs}`]));
  const withoutFrames = ({ stderr, ...rest }: Outcome): object => ({
    ...rest,
    stderr: stderr.replace(/^ +at .*$\n/gm, ""),
  });
  expect(alone).toMatchObject({ code: 70, stdout: "" });
  expect(alone!.stderr).toMatch(/^pfha-lint: a bug in pfha-lint \(TypeError\)\. .*\n +at /);
  expect(withoutFrames(together!)).toEqual(withoutFrames(alone!));
  expect(together!.stderr).toMatch(/\n +at .*preload\.cjs/);
  expect(together!.stderr).not.toContain("hunter2");
});

test.for([
  [
    "ends with a job in its hands",
    `if (!isMainThread) fs.readFileSync = (path, ...rest) => String(path).endsWith(".xml") ? process.exit(0) : read(path, ...rest);`,
    "a worker thread ended before its work was done",
  ],
  [
    "cannot even begin",
    `if (!isMainThread) throw new RangeError("the secret is hunter2");`,
    "a bug in pfha-lint (RangeError)",
  ],
  [
    "runs out of memory",
    `if (!isMainThread) { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); }`,
    "a bug in pfha-lint (Error)",
  ],
] as const)("a worker that %s is a bug", ([, script, message]) => {
  const cwd = site(many, "");
  const limit = script.includes("1e6") ? " --max-old-space-size=64" : "";
  const path = join(cwd, "preload.cjs");
  const head = `const fs = require("node:fs"); const { isMainThread } = require("node:worker_threads"); const read = fs.readFileSync;\n`;
  writeFileSync(path, `${head}${slow}${script}\nrequire("node:module").syncBuiltinESMExports();\n`);
  const outcome = run(["check", "--no-verify-passwords", "--jobs=2"], {
    cwd,
    env: { NODE_OPTIONS: `--require "${path}"${limit}` },
  });
  expect(outcome).toMatchObject({ code: 70, stdout: "" });
  expect(outcome.stderr).toContain(message);
  expect(outcome.stderr).not.toContain("hunter2");
});

test("no thread is started for a pair, nor for few small clusters, nor with --jobs 1", () => {
  const cwd = site(["pairs/small", "pairs/broken"], "");
  const forbid = `require("node:worker_threads").Worker = class { constructor() { throw new Error("a thread"); } };`;
  const pair = ["c0/primary.xml", "c0/secondary.xml"];
  for (const args of [[...pair], [...pair, "--jobs=4"], [], ["--jobs=1"]]) {
    expect(preloaded(cwd, forbid, args).code).toBe(args.length > 1 ? 0 : 1);
  }
  expect(preloaded(cwd, forbid, ["--jobs=2"]).code).toBe(70);
});

test("a pair does not even load what threads need", () => {
  const cwd = site(["pairs/small", "pairs/small"], "");
  const path = join(cwd, "loaded.cjs");
  writeFileSync(
    path,
    `process.on("exit", () => process.stderr.write(process.moduleLoadList.includes("NativeModule worker_threads") ? "yes" : "no"));`,
  );
  const env = { NODE_OPTIONS: `--require "${path}"` };
  expect(run(["c0/primary.xml", "c0/secondary.xml"], { cwd, env }).stderr).toBe("no");
  expect(run(["check", "--jobs=2"], { cwd, env }).stderr).toMatch(/^(yes)+$/);
});

test("as many threads as pay, or as were asked for", () => {
  const io = { cwd: "/", worker: new URL("file:///w.js") } as Io;
  const jobs = (count: number): Parameters<typeof threadsFor>[0] => Array.from({ length: count }, () => ({}) as never);
  expect(threadsFor(jobs(249), undefined, io)).toBe(1);
  expect(threadsFor(jobs(250), undefined, io)).toBe(Math.min(250, availableParallelism()));
  expect(threadsFor(jobs(1000), 1, io)).toBe(1);
  expect(threadsFor(jobs(2), 7, io)).toBe(2);
  expect(threadsFor(jobs(9), 7, io)).toBe(7);
  expect(threadsFor(jobs(1000), 7, { ...io, worker: undefined } as never)).toBe(1);
});

test.for(["0", "1.5", "-1", "many"])("--jobs %s is wrong usage", async (jobs) => {
  expect(await cli(["check", `--jobs=${jobs}`])).toMatchObject({ code: 2, stdout: "" });
});
