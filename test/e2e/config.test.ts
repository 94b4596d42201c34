import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/pair.ts";
import { folder, run as runProgram } from "../support/run.ts";

/** Asks some rules only, so that a new one changes no count. */
const run: typeof runProgram = (args, options) =>
  runProgram([...args, "--only", "version-match,carp-advskew-order,accepted-finding-current"], options);

/** A site with a healthy and a broken pair, and the configuration file. */
function site(config: string, name = "pfha-lint.yaml"): string {
  const path = folder();
  for (const [pair, place] of [
    ["small", "lyon"],
    ["broken", "paris"],
  ] as const) {
    cpSync(new URL(`fixtures/pairs/${pair}`, root), join(path, place), { recursive: true });
  }
  writeFileSync(join(path, name), config);
  return path;
}

const clusters = `clusters:
  paris: { primary: paris/primary.xml, secondary: paris/secondary.xml }
  lyon: { primary: lyon/primary.xml, secondary: lyon/secondary.xml }
`;
const heads = (text: string): string[] => text.split("\n").filter((line) => /^\S+:\d+:\d+: \w+: /.test(line));

test("lints every cluster, by name, in one report", () => {
  const { code, stdout, stderr } = run(["check"], { cwd: site(clusters) });
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toMatch(/^lyon: no problems in [\s\S]*paris: 3 errors/);
  expect(stdout).toMatch(/\n3 errors, 0 warnings, 0 infos in 2 clusters\n$/);
});

test("finds the file above the working directory, and shows paths as seen from there", () => {
  const cwd = join(site(clusters), "paris", "deeper");
  mkdirSync(cwd);
  const { stdout } = run(["check", "-f", "compact"], { cwd });
  expect(heads(stdout)).toHaveLength(3);
  for (const line of heads(stdout)) expect(line).toMatch(/^\.\.\/secondary\.xml:/);
});

test("applies severities to a pair of the command line, the command line above the file", () => {
  const cwd = site(`rules:\n  version-match: off\n  carp-advskew-order: info\n`);
  const pair = ["paris/primary.xml", "paris/secondary.xml"];
  expect(run([...pair, "-f", "compact"], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^(.*: info: .*\n){2}$/),
  });
  expect(
    run([...pair, "-f", "compact", "--rule", "carp-advskew-order=warning", "--fail-on", "warning"], { cwd }),
  ).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^(.*: warning: .*\n){2}$/),
  });
  expect(run([...pair, "--no-config"], { cwd }).stdout).toContain("3 errors");
});

test("failOn and maxWarnings of the file decide the exit code", () => {
  const pair = ["paris/primary.xml", "paris/secondary.xml"];
  const mild = "rules: { version-match: warning, carp-advskew-order: warning }\n";
  expect(run(pair, { cwd: site(mild) }).code).toBe(0);
  expect(run(pair, { cwd: site(`${mild}failOn: warning\n`) }).code).toBe(1);
  expect(run(pair, { cwd: site(`${mild}maxWarnings: 2\n`) }).code).toBe(1);
  expect(run(pair, { cwd: site(`${mild}maxWarnings: 3\n`) }).code).toBe(0);
  expect(run([...pair, "--fail-on", "never"], { cwd: site("failOn: info\n") }).code).toBe(0);
});

test("knows a listed cluster by its files, in either order, and accepts what is accepted of it", () => {
  const cwd = site(`${clusters}accepted:
  - { rule: version-match, cluster: paris, subject: version, reason: an upgrade is under way }
  - { rule: version-match, cluster: lyon, subject: version, reason: not of this pair }
`);
  const { stdout } = run(["paris/secondary.xml", "./paris/../paris/primary.xml", "-f", "json"], { cwd });
  const [cluster] = JSON.parse(stdout).clusters;
  expect(cluster).toMatchObject({
    name: "paris",
    rolesFrom: "option",
    primary: { file: "./paris/../paris/primary.xml" },
  });
  expect(cluster.accepted).toMatchObject([{ rule: "version-match", reason: "an upgrade is under way" }]);
  expect(cluster.diagnostics.map(({ rule }: { rule: string }) => rule)).toEqual([
    "carp-advskew-order",
    "carp-advskew-order",
  ]);
});

test("goes on where the files of one cluster are missing, and ends with 3", () => {
  const cwd = site(`${clusters}  nice: { primary: nice/pf1.xml, secondary: nice/pf2.xml }\n`);
  const { code, stdout, stderr } = run(["check", "-f", "compact"], { cwd });
  expect(code).toBe(3);
  expect(heads(stdout)).toHaveLength(3);
  expect(stderr).toBe("pfha-lint: nice: nice/pf1.xml: cannot be read: no such file\n");
});

test("splits the clusters into shards that together are all", () => {
  const cwd = site(clusters);
  const names = ["1/2", "2/2"].map((shard) => {
    const { stdout } = run(["check", "--shard", shard, "-f", "json"], { cwd });
    return JSON.parse(stdout).clusters.map(({ name }: { name: string }) => name);
  });
  expect(names).toEqual([["lyon"], ["paris"]]);
  expect(JSON.parse(run(["check", "--shard", "3/3", "-f", "json"], { cwd }).stdout).clusters).toEqual([]);
});

test("writes several formats at once, one to standard output", () => {
  const cwd = site(clusters);
  const { stdout } = run(["check", "-f", "compact", "-f", "json=out/report.json", "-f", "junit=out/junit.xml"], {
    cwd,
  });
  expect(heads(stdout)).toHaveLength(3);
  expect(JSON.parse(readFileSync(join(cwd, "out/report.json"), "utf8")).clusters).toHaveLength(2);
  expect(readFileSync(join(cwd, "out/junit.xml"), "utf8")).toContain('<testsuite name="paris"');
});

test.for([
  [
    "an invalid file",
    "rulez: {}\n",
    ["check"],
    "pfha-lint: pfha-lint.yaml:1:1: unknown key rulez; did you mean rules?\n",
  ],
  ["a file without clusters", "failOn: info\n", ["check"], "pfha-lint.yaml: lists no clusters"],
  ["one file instead of two", clusters, ["paris/primary.xml"], "missing argument"],
  ["a shard of a pair", clusters, ["a.xml", "b.xml", "--shard", "1/2"], "--shard splits the clusters"],
  ["a shard beyond the last", clusters, ["check", "--shard", "3/2"], "expected I/N with I from 1 to N"],
  ["a primary without files", clusters, ["check", "--primary", "a.xml"], "--primary needs two files"],
  [
    "a file that is not there",
    clusters,
    ["check", "-c", "other.yaml"],
    "the configuration file other.yaml: cannot be read: no such file",
  ],
  ["a contradiction", clusters, ["check", "-c", "pfha-lint.yaml", "--no-config"], "contradict"],
] as const)("ends with 2 for %s", ([, config, args, message]) => {
  const { code, stdout, stderr } = run([...args], { cwd: site(config) });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

test("ends with 2 where two configuration files lie side by side", () => {
  const cwd = site(clusters);
  writeFileSync(join(cwd, "pfha-lint.json"), "{}");
  expect(run(["check"], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("more than one configuration file"),
  });
});

test("needs files or clusters", () => {
  expect(run(["check"], { cwd: folder() })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("no files to lint"),
  });
});
