import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { change, small } from "../support/pair.ts";
import { folder, run } from "../support/run.ts";
import { complaints, shippedSchema } from "../support/schema.ts";

/** Writes the small pair, or another, into a folder of its own. */
function pairIn(path: string, files = small): [string, string] {
  writeFileSync(join(path, "pf1.xml"), files.primary);
  writeFileSync(join(path, "pf2.xml"), files.secondary);
  return ["pf1.xml", "pf2.xml"];
}

test("a healthy pair ends with 0 and one line, whatever the order of the files", () => {
  const cwd = folder();
  const [first, second] = pairIn(cwd);
  const forward = run([first, second], { cwd });
  expect(forward).toMatchObject({ code: 0, stderr: "" });
  expect(forward.stdout).toMatch(
    /^no problems in pf1\.xml \(primary, brook-a\.brook\.example\) and pf2\.xml \(secondary, .*\n$/,
  );
  expect(forward.stdout.trim().split("\n")).toHaveLength(1);
  expect(run([second, first], { cwd }).stdout).toBe(forward.stdout);
});

test("a broken pair ends with 1", () => {
  const cwd = folder();
  const outcome = run(pairIn(cwd, change(small, "secondary", /<advskew>100/g, "<advskew>0")), { cwd });
  expect(outcome.code).toBe(1);
  expect(outcome.stdout).toMatch(/^pf2\.xml:193:13: error: .* \[carp-advskew-order\]$/m);
});

test.for([
  ["a file that is not there", ["pf1.xml", "none.xml"], "pfha-lint: none.xml: cannot be read: no such file\n"],
  [
    "a directory",
    ["pf1.xml", "backups"],
    "pfha-lint: backups: cannot be read: a directory, not a file; name a file in it\n",
  ],
  [
    "the same file twice",
    ["pf1.xml", "pf1.xml"],
    "pfha-lint: pf1.xml: the same file as pf1.xml; a pair is two exports, one of each node\n",
  ],
  [
    "the same file by another way",
    ["pf1.xml", "backups/../link.xml"],
    "pfha-lint: backups/../link.xml: the same file as pf1.xml; a pair is two exports, one of each node\n",
  ],
  [
    "a copy",
    ["pf1.xml", "copy.xml"],
    "pfha-lint: copy.xml: the same content as pf1.xml; export the configuration of the other node\n",
  ],
] as const)("refuses %s with 3", ([, args, stderr]) => {
  const cwd = folder();
  pairIn(cwd);
  mkdirSync(join(cwd, "backups"));
  symlinkSync("pf1.xml", join(cwd, "link.xml"));
  copyFileSync(join(cwd, "pf1.xml"), join(cwd, "copy.xml"));
  expect(run(args, { cwd })).toEqual({ code: 3, stdout: "", stderr });
});

test.runIf(process.getuid?.() !== 0)("refuses a file without permission with 3", () => {
  const cwd = folder();
  const files = pairIn(cwd);
  chmodSync(join(cwd, "pf2.xml"), 0);
  expect(run(files, { cwd })).toMatchObject({
    code: 3,
    stderr: "pfha-lint: pf2.xml: cannot be read: no permission to read it\n",
  });
});

test.for([
  [
    "an encrypted backup",
    "---- BEGIN config.xml ----\nU2FsdGVkX18=\n---- END config.xml ----\n",
    "1:1: error: the file is an encrypted backup",
  ],
  ["a login page", "<!DOCTYPE html>\n<html></html>\n", "1:1: error: the file is a web page, not a configuration"],
  ["nothing", "", "1:1: error: the file is empty"],
  [
    "another firewall's file",
    '<?xml version="1.0"?>\n<opnsense><version>1</version></opnsense>',
    "2:1: error: root element: expected <pfsense>, found <opnsense>",
  ],
  ["half an export", small.secondary.slice(0, 1000), ": error: the file ends inside <"],
  ["no XML", "hello\n", "1:1: error: text before the XML"],
] as const)("reports %s at its place, and ends with 3", ([, content, message]) => {
  const cwd = folder();
  const outcome = run(pairIn(cwd, { ...small, secondary: content }), { cwd });
  expect(outcome.code).toBe(3);
  expect(outcome.stdout).toContain(`pf2.xml:`);
  expect(outcome.stdout).toContain(message);
  expect(outcome.stdout).toContain("help: ");
  expect(outcome.stdout.match(/^pf.*: error: /gm)).toHaveLength(1);
});

test("reads one of the two from standard input", () => {
  const cwd = folder();
  pairIn(cwd);
  const outcome = run(["-", "pf2.xml"], { cwd, input: small.primary });
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  expect(outcome.stdout).toContain("<stdin> (primary");
  expect(run(["-", "-"], { cwd })).toMatchObject({ code: 2, stdout: "" });
});

test.for([
  [["--formt", "json", "a", "b"], "unknown option --formt; did you mean --format?"],
  [["chekc", "a", "b"], "unknown command chekc; did you mean check?"],
  [["a.xml"], "missing argument"],
  [["a", "b", "--format", "jsn"], "unknown format jsn; did you mean json?"],
  [["a", "b", "--rule", "carp-advskew-ordr=off"], "unknown rule carp-advskew-ordr; did you mean carp-advskew-order?"],
  [["a", "b", "--max-warnings", "-1"], "--max-warnings: expected a whole number, 0 or more"],
  [["a", "b", "--max-warnings=1.5"], "--max-warnings: expected a whole number, 0 or more"],
  [["a", "b", "--max-warnings", "many"], "--max-warnings: expected a whole number, 0 or more"],
  [["a", "b", "--max-warnings"], "Not enough arguments following: max-warnings"],
  [["a", "b", "--jobs"], "Not enough arguments following: jobs"],
  [["a", "b", "-c"], "Not enough arguments following: c"],
  [["a", "b", "-c", ""], "--config: expected the name of a file, found an empty one"],
  [["package.json", ""], "expected the name of a file, found an empty one"],
  [["", ""], "expected the name of a file, found an empty one"],
  [["a", "b", "--rule", "carp-advskew-order=loud"], "expected ID=off, info, warning or error"],
] as const)("%j is wrong usage: 2, and says what is near", ([args, message]) => {
  const outcome = run(args);
  expect(outcome).toMatchObject({ code: 2, stdout: "" });
  expect(outcome.stderr).toContain(message);
});

test("says its version and how it is used", () => {
  expect(run(["--version"])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^pfha-lint \d+\.\d+\.\d+\n$/),
    stderr: "",
  });
  const help = run(["--help"]);
  expect(help).toMatchObject({ code: 0, stderr: "" });
  for (const word of ["check", "ast", "--format", "--fail-on", "--help", "Exit codes"])
    expect(help.stdout).toContain(word);
  expect(run(["-h", "constructor"]).stdout).toBe(help.stdout);
});

test.for(commands)("says how $name is used", ({ name, summary, options }) => {
  const { code, stdout, stderr } = run([name, "--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(summary.split("; ")[0]);
  for (const option of [...Object.keys(options), "help", "version"]) expect(stdout).toContain(`--${option} `);
});

test("thresholds decide between 0 and 1, for every format alike", () => {
  const cwd = folder();
  const pair = pairIn(cwd, change(small, "secondary", /<advskew>100/g, "<advskew>0"));
  const files = [...pair, "--only", "carp-advskew-order"];
  for (const format of ["text", "compact", "json"]) {
    expect(run([...files, "-f", format], { cwd }).code).toBe(1);
    expect(run([...files, "-f", format, "--fail-on", "never"], { cwd }).code).toBe(0);
    expect(run([...files, "-f", format, "--rule", "carp-advskew-order=info"], { cwd }).code).toBe(0);
    expect(run([...files, "-f", format, "--rule", "carp-advskew-order=info", "--fail-on", "info"], { cwd }).code).toBe(
      1,
    );
    expect(
      run([...files, "-f", format, "--rule", "carp-advskew-order=warning", "--max-warnings", "1"], { cwd }).code,
    ).toBe(1);
    expect(run([...files, "-f", format, "--rule", "carp-advskew-order=off"], { cwd }).code).toBe(0);
  }
});

test("prints what pfSense holds, with secrets masked", () => {
  const outcome = run(["ast", "fixtures/pairs/small/primary.xml"]);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  const value = JSON.parse(outcome.stdout);
  expect(value.virtualip.vip[0]).toMatchObject({ mode: "carp", vhid: "1", password: "••••••••" });
  expect(outcome.stdout).not.toContain("example-");
  expect(complaints(shippedSchema("ast.schema.json"), value)).toEqual([]);
  expect(complaints(shippedSchema("ast.schema.json"), { ...value, vip: [["nested"]] })).not.toEqual([]);
  expect(run(["ast", "fixtures/pairs/small/primary.xml", "--format", "json"])).toEqual(outcome);
  expect(run(["ast", "fixtures/pairs/small/primary.xml", "--show-secrets"]).stdout).toContain("example-vip-pass");
  expect(run(["ast", "fixtures/pairs/small/primary.xml", "--show-secrets"], { env: { CI: "1" } }).code).toBe(2);
});

test("refuses what pfSense refuses, with its place", () => {
  const cwd = folder();
  writeFileSync(join(cwd, "a.xml"), "<pfsense>\n\t<hasync></hasync>\n\t<hasync></hasync>\n</pfsense>\n");
  const outcome = run(["ast", "a.xml"], { cwd });
  expect(outcome).toMatchObject({ code: 3, stdout: "" });
  expect(outcome.stderr).toContain("a.xml:3:2: <hasync> in <pfsense>: expected one, found another");
});

test("sums nothing up where that is not wanted", () => {
  const pair = ["fixtures/pairs/small/primary.xml", "fixtures/pairs/small/secondary.xml"];
  const packet = ["--interface", "lan", "--protocol", "tcp", "--source", "192.168.7.9", "--destination", "192.0.2.9"];
  for (const [args, last] of [
    [["simulate", ...pair], /\n\n11 scenarios, 2 CARP VIPs: .*\n$/],
    [
      ["trace", pair[0]!, ...packet, "--port", "443", "--expect", "block"],
      /1 packet in .*: 1 pass; 1 not as expected\n$/,
    ],
    [["plan", ...pair], /^fixtures.* to fixtures.*, config 23\.3\nThe next XMLRPC sync changes nothing\n\n/],
  ] as const) {
    const loud = run(args);
    expect(loud.stdout).toMatch(last);
    const quiet = run([...args, "-q"]);
    expect(quiet).toEqual({ ...loud, stdout: loud.stdout.replace(last, last.source.startsWith("\\n") ? "\n" : "") });
  }
});

test("says on request, and on standard error, what took how long", () => {
  const args = ["fixtures/pairs/small/primary.xml", "fixtures/pairs/small/secondary.xml"];
  const timed = run([...args, "--timing"]);
  expect(timed.stderr).toMatch(
    /^pfha-lint: reading [\d.]+ ms, linting [\d.]+ ms, reporting [\d.]+ ms, total [\d.]+ ms\n$/,
  );
  expect(timed.stdout).toBe(run(args).stdout);
});
