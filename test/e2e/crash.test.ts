import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { framesOf } from "../../src/cli/bug.ts";
import { packOutcome, unpackOutcome } from "../../src/cli/thread-messages.ts";
import { withCanaries } from "../support/canaries.ts";
import { change, root, small } from "../support/pair.ts";
import { folder, type Outcome } from "../support/run.ts";

/** Everything that is secret is a canary, and there is something to fix. */
const files = withCanaries(change(small, "secondary", /<advskew>100/g, "<advskew>0"));

/** An error that quotes the configuration in every part of it, also in lines that look like those of a stack. */
const boom = `(() => {
  const quoted = globalThis.seen.split("\\n").map((line) => "    at " + line.trim() + " (file:///x.js:1:1)").join("\\n");
  class Boom extends TypeError {}
  const error = new Boom(quoted, { cause: new Error(quoted) });
  return Object.assign(error, { text: quoted, name: "Boom" });
})()`;

/** Where the built program is broken: the beginning of a function, or of a rule's check, and what is put there. */
interface Fault {
  readonly at: string;
  readonly code?: string;
}

/** A copy of the built program with faults in it, beside a pair of files, in a folder of its own. */
function broken(...faults: readonly Fault[]): { cwd: string; program: string } {
  const cwd = folder();
  const copy = join(cwd, "package");
  for (const name of ["bin", "dist"]) cpSync(new URL(name, root), join(copy, name), { recursive: true });
  for (const name of ["docs", "package.json"]) symlinkSync(new URL(name, root).pathname, join(copy, name));
  const found = new Set<string>();
  const seen = { at: "function decode", code: "globalThis.seen=Buffer.from(bytes).toString();" };
  const names = readdirSync(join(copy, "dist"), { recursive: true, encoding: "utf8" });
  for (const name of names.filter((one) => one.endsWith(".js"))) {
    const path = join(copy, "dist", name);
    let text = readFileSync(path, "utf8");
    for (const { at, code = `throw ${boom};` } of [...faults, seen]) {
      const start = text.indexOf(at.startsWith("function") ? `${at}(` : at);
      if (start === -1) continue;
      // Of a function the parameters may change.
      const end = at.startsWith("function") ? text.indexOf("){", start) + 2 : start + at.length;
      found.add(at);
      text = text.slice(0, end) + code + text.slice(end);
    }
    writeFileSync(path, text);
  }
  expect([...found].sort()).toEqual([...faults, seen].map(({ at }) => at).sort());
  for (const role of ["primary", "secondary"] as const) writeFileSync(join(cwd, `${role}.xml`), files[role]);
  return { cwd, program: join(copy, "bin/pfha-lint.js") };
}

const { CI: _, ...environment } = process.env;
const env = { ...environment, NO_COLOR: "1" };

function run({ cwd, program }: ReturnType<typeof broken>, args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: "utf8", env });
  return { code: status, stdout, stderr };
}

const pair = ["primary.xml", "secondary.xml"];

/** What a bug looks like: where it is, and not a word of the files. A report may have come before it. */
function expectBug({ code, stdout, stderr }: Outcome): void {
  expect((stdout + stderr).match(/.*canary.*/)).toBe(null);
  expect(stderr.match(/.*(?:brook|advskew>).*/)).toBe(null);
  expect(stderr).toMatch(
    /^pfha-lint: a bug in pfha-lint \(Boom\)\. Please report it with the lines below and the command you ran, without your files:\n(?: {4}at .*\n)+$/m,
  );
  expect(code).toBe(70);
}

describe("an error that quotes the files shows nothing of them", () => {
  const rule = "*check(cluster){for(let twins of cluster.carpVips.pairs.filter(isOutOfOrder)){";
  test.for<readonly [string, Fault, readonly string[]]>([
    ["the parser", { at: "function parseXml" }, pair],
    ["the parser, of a command", { at: "function parseXml" }, ["ast", "primary.xml"]],
    ["a rule", { at: rule }, pair],
    ["a rule, with --timing", { at: rule }, [...pair, "--timing", "--verbose"]],
    ["a rule, while fixing", { at: rule }, ["fix", ...pair, "--write"]],
    ["the text report", { at: "function text" }, pair],
    ["the JSON report", { at: "function jsonReport" }, [...pair, "-f", "json", "--timing"]],
    ["the SARIF report", { at: "function sarif" }, [...pair, "-f", "sarif=out.sarif"]],
    ["the HTML report", { at: "function html" }, [...pair, "-f", "html"]],
    ["the diff", { at: "function unifiedDiff" }, ["fix", ...pair]],
    ["the plan", { at: "function planText" }, ["plan", ...pair]],
    ["a promise that nobody waits for", { at: rule, code: `Promise.reject(${boom});` }, pair],
    ["a timer", { at: rule, code: `setTimeout(() => { throw ${boom}; });` }, [...pair, "-f", "html"]],
    ["something made of an error", { at: rule, code: `throw Object.create(${boom});` }, pair],
  ])("thrown in %s", ([, fault, args]) => {
    const copy = broken(fault);
    const before = readdirSync(copy.cwd);
    expectBug(run(copy, args));
    expect(readdirSync(copy.cwd)).toEqual(before);
    expect(readFileSync(join(copy.cwd, "secondary.xml"), "utf8")).toBe(files.secondary);
  });

  test.for(["--jobs=1", "--jobs=2"])("thrown with %s", (jobs) => {
    const copy = broken({ at: rule });
    // The other one is broken in such a way that nobody asks the rule.
    mkdirSync(join(copy.cwd, "b"));
    for (const role of ["primary", "secondary"])
      writeFileSync(join(copy.cwd, "b", `${role}.xml`), `<pfsense><${role}>`);
    const clusters = [
      "primary: primary.xml, secondary: secondary.xml",
      "primary: b/primary.xml, secondary: b/secondary.xml",
    ];
    const lines = Array.from({ length: 8 }, (_, i) => `  c${i}: { ${clusters[i % 3 === 0 ? 0 : 1]} }\n`);
    writeFileSync(join(copy.cwd, "pfha-lint.yaml"), `clusters:\n${lines.join("")}`);
    expectBug(run(copy, ["check", jobs, "--timing"]));
  });

  test("thrown in a thread only", () => {
    const copy = broken({ at: rule, code: `if (globalThis.inWorker) throw ${boom};` });
    const worker = join(copy.cwd, "package/dist/worker.js");
    writeFileSync(worker, `globalThis.inWorker = true;\n${readFileSync(worker, "utf8")}`);
    const lines = Array.from({ length: 40 }, (_, i) => `  c${i}: { primary: primary.xml, secondary: secondary.xml }\n`);
    writeFileSync(join(copy.cwd, "pfha-lint.yaml"), `clusters:\n${lines.join("")}`);
    expectBug(run(copy, ["check", "--jobs=2", "-f", "json"]));
  });

  test("thrown while watching", async () => {
    const copy = broken({ at: rule, code: `if (globalThis.seen.includes("break now")) throw ${boom};` });
    const child = spawn(process.execPath, [copy.program, ...pair, "--watch"], { cwd: copy.cwd, env });
    onTestFinished(() => void child.kill());
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      if (stdout === "")
        writeFileSync(join(copy.cwd, "secondary.xml"), files.secondary.replace("LAN to any", "break now"));
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise<number | null>((end) => child.on("close", end));
    expect(stdout).not.toContain("canary");
    expectBug({ code, stdout: "", stderr });
  });
});

test.for<readonly [string, Fault, string]>([
  [
    "two readers disagree",
    { at: "function disagreement", code: "return 40;" },
    "two XML readers disagree, at line 3, column 9",
  ],
  [
    "the second reader refuses",
    { at: "function readAgain" },
    "the second XML reader refuses the text, at line 1, column 1",
  ],
  [
    "something else would change",
    { at: "function strayChange", code: "return 40;" },
    "something outside the edits would change, at line 3, column 9",
  ],
])("a result is not handed out if %s: a bug, no word of the files, nothing written", ([, fault, message]) => {
  const copy = broken(fault);
  for (const more of [["--write"], ["-o", "new.xml"], ["-o", "-"], []]) {
    const before = readdirSync(copy.cwd);
    const { code, stdout, stderr } = run(copy, ["fix", ...pair, ...more]);
    expect({ code, stdout }).toEqual({ code: 70, stdout: "" });
    expect(stderr).toContain(
      `pfha-lint: nothing was written: secondary.xml: ${message} of the new text\na bug in pfha-lint (`,
    );
    expect(stderr).not.toMatch(/canary|brook/);
    expect(readdirSync(copy.cwd)).toEqual(before);
    expect(readFileSync(join(copy.cwd, "secondary.xml"), "utf8")).toBe(files.secondary);
  }
});

test("the library throws to its caller, and prints nothing by itself", () => {
  const copy = broken({ at: "*check(cluster){for(let twins of cluster.carpVips.pairs.filter(isOutOfOrder)){" });
  const script = `import { readFileSync } from "node:fs";
    import { clusterOf, lint, parseConfig } from "./package/dist/index.js";
    const [one, two] = ["primary.xml", "secondary.xml"].map((path) => parseConfig(path, readFileSync(path)));
    try { await lint(clusterOf(one, two)); } catch (error) { process.exitCode = error.name === "Boom" ? 5 : 6; }`;
  writeFileSync(join(copy.cwd, "use.mjs"), script);
  expect(run({ ...copy, program: join(copy.cwd, "use.mjs") }, [])).toEqual({ code: 5, stdout: "", stderr: "" });
});

describe("the lines of a stack", () => {
  test("are told from lines of a message that look like them", () => {
    const error = new Error("no\n    at canary (file:///x.js:1:1)\n    at canary:1:1");
    expect(framesOf(error).length).toBeGreaterThan(2);
    expect(framesOf(error).join("\n")).not.toContain("canary");
    expect(framesOf(error)[0]).toMatch(/^ {4}at .*crash\.test\.ts:\d+:\d+\)?$/);
  });

  test("are none where the message was changed afterwards, or there is no error", () => {
    const error = new Error("no\n    at canary (file:///x.js:1:1)");
    expect(error.stack).toContain("canary");
    error.message = "another";
    expect([framesOf(error), framesOf("canary"), framesOf(undefined)]).toEqual([[], [], []]);
  });

  test("are all that one thread tells another of an error", () => {
    const error = Object.assign(new Error("no\n    at canary (file:///x.js:1:1)"), { name: "Boom" });
    const packed = packOutcome({ error });
    expect(JSON.stringify(packed)).not.toContain("canary");
    const unpacked = unpackOutcome(packed) as { error: Error };
    expect([unpacked.error.name, framesOf(unpacked.error)]).toEqual(["Boom", framesOf(error)]);
  });
});
