import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, type Printed } from "../support/cli.ts";
import { root } from "../support/pair.ts";
import { folder } from "../support/run.ts";

const config = `# the sites
clusters:
  lyon: { primary: lyon/primary.xml, secondary: lyon/secondary.xml }
  paris: { primary: paris/primary.xml, secondary: paris/secondary.xml } # being upgraded
`;

function site(text: string | undefined = config): string {
  const path = folder();
  cpSync(new URL("fixtures/pairs/small", root), join(path, "lyon"), { recursive: true });
  cpSync(new URL("fixtures/pairs/broken", root), join(path, "paris"), { recursive: true });
  if (text !== undefined) writeFileSync(join(path, "pfha-lint.yaml"), text);
  return path;
}

const configOf = (cwd: string): string => readFileSync(join(cwd, "pfha-lint.yaml"), "utf8");
const paris = ["paris/primary.xml", "paris/secondary.xml"];
const only = ["--only", "version-match,carp-advskew-order,accepted-finding-current"];
const check = (cwd: string, now?: string): Promise<Printed> =>
  cli(["check", "-f", "compact", "--fail-on", "info", ...only], { cwd, ...(now !== undefined && { now }) });

test("records today's diagnostics, after which there are none", async () => {
  const cwd = site();
  expect((await check(cwd)).code).toBe(1);
  const { code, stdout } = await cli(
    ["accept", "--reason", "the upgrade ends in May", "--until", "2027-05-31", ...only],
    {
      cwd,
    },
  );
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `pfha-lint.yaml: 3 findings accepted, 0 stale entries removed
  + paris version-match version
  + paris carp-advskew-order vip/wan/1
  + paris carp-advskew-order vip/lan/2
`,
  });
  expect(configOf(cwd)).toBe(`${config}accepted:
  - rule: version-match
    cluster: paris
    subject: version
    reason: the upgrade ends in May
    until: 2027-05-31
  - rule: carp-advskew-order
    cluster: paris
    subject: vip/wan/1
    reason: the upgrade ends in May
    until: 2027-05-31
  - rule: carp-advskew-order
    cluster: paris
    subject: vip/lan/2
    reason: the upgrade ends in May
    until: 2027-05-31
`);
  expect(await check(cwd)).toEqual({ code: 0, stdout: "", stderr: "" });
  const { stdout: later } = await check(cwd, "2027-06-01");
  expect(later.match(/\[accepted-finding-current\]/g)).toHaveLength(3);
});

test("replaces an entry that is past its date, instead of adding a second one", async () => {
  const cwd = site();
  const accept = (until: string): Promise<Printed> =>
    cli(["accept", ...paris, "--reason", "r", "--only", "version-match", "--until", until], { cwd });
  await accept("2026-11-23");
  const { stdout } = await accept("2026-11-24");
  expect(stdout).toBe("pfha-lint.yaml: 1 finding accepted, 0 stale entries removed\n  + paris version-match version\n");
  expect(configOf(cwd).match(/until: .*/g)).toEqual(["until: 2026-11-24"]);
});

test("accepts one subject alone", async () => {
  const cwd = site();
  await cli(["accept", ...paris, "--reason", "r", "--subject", "vip/lan/2"], { cwd });
  expect((await check(cwd)).stdout).not.toContain("VHID 2");
  expect((await check(cwd)).stdout).toContain("VHID 1");
});

test("--prune takes out what accepts nothing, and nothing else", async () => {
  const entry = (subject: string, until = ""): string =>
    `  - { rule: version-match, cluster: paris, subject: ${subject}, reason: r${until} }\n`;
  const before = `${config}accepted:\n${entry("version", ", until: 2020-01-01")}  # why\n${entry("gone")}failOn: info\nrules: { accepted-finding-current: off }\n`;
  const cwd = site(before);
  const { code, stdout } = await cli(["accept", "--prune"], { cwd });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: "pfha-lint.yaml: 0 findings accepted, 1 stale entry removed\n  - paris version-match gone\n",
  });
  expect(configOf(cwd)).toBe(before.replace(entry("gone"), ""));
});

test("writes the configuration file where there is none", async () => {
  const cwd = site();
  writeFileSync(join(cwd, "pfha-lint.yaml"), "");
  await cli(["accept", ...paris, "--reason", "r", "--only", "version-match"], { cwd });
  expect(configOf(cwd)).toBe("accepted:\n  - rule: version-match\n    subject: version\n    reason: r\n");
});

test.for([
  ["no reason", [...paris], 2, "Say it with --reason"],
  ["an empty reason", [...paris, "--reason", " "], 2, "expected a text"],
  ["a day that does not exist", [...paris, "--reason", "r", "--until", "2027-02-30"], 2, "expected a day such as"],
  [
    "a pair that is in no cluster",
    ["lyon/primary.xml", "paris/secondary.xml", "--reason", "r"],
    2,
    "but not this pair",
  ],
  ["a file that is missing", ["paris/primary.xml", "paris/none.xml", "--reason", "r"], 3, "no such file"],
] as const)("writes nothing for %s", async ([, args, code, message]) => {
  const cwd = site();
  const outcome = await cli(["accept", ...args], { cwd });
  expect(outcome).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(message) });
  expect(configOf(cwd)).toBe(config);
});

test("writes nothing where pfSense would refuse a file", async () => {
  const cwd = site();
  writeFileSync(join(cwd, "paris/secondary.xml"), "<pfsense><system>");
  expect(await cli(["accept", "--reason", "r"], { cwd })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("nothing was written"),
  });
  expect(configOf(cwd)).toBe(config);
  expect(existsSync(join(cwd, "pfha-lint.json"))).toBe(false);
});
