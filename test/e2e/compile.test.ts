import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { change, type Files, small } from "../support/pair.ts";
import { folder, type Outcome, run } from "../support/run.ts";

const node = `hostname: brook-b
interfaces:
  wan: { address: 198.51.100.12/24 }
  lan: { address: 192.168.7.12/24 }
  opt1: { address: 10.99.0.2/30 }
`;

const read = (...path: readonly string[]): string => readFileSync(join(...path), "utf8");

/** Runs `compile` in a folder with the pair and a node file. */
function compile(args: readonly string[], files: Files = small): Outcome & { readonly cwd: string } {
  const cwd = folder();
  writeFileSync(join(cwd, "pf1.xml"), files.primary);
  writeFileSync(join(cwd, "pf2.xml"), files.secondary);
  writeFileSync(join(cwd, "node.yaml"), node);
  return { cwd, ...run(["compile", "pf1.xml", ...args], { cwd }) };
}

test("writes a secondary from a node file, which lints clean, for its owner only", () => {
  const { cwd, ...outcome } = compile(["--node", "node.yaml", "-o", "new.xml"]);
  expect(outcome).toEqual({ code: 0, stdout: "", stderr: "pfha-lint: written: new.xml; no problems in the pair\n" });
  expect(statSync(join(cwd, "new.xml")).mode & 0o777).toBe(0o600);
  expect(run(["pf1.xml", "new.xml"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  expect(read(cwd, "new.xml")).toContain("<hostname>brook-b</hostname>");
  expect(read(cwd, "pf1.xml")).toBe(small.primary);
});

test("brings an export into line", () => {
  const bad = change(small, "secondary", /<advskew>100/g, "<advskew>0");
  const { cwd, code } = compile(["--node", "pf2.xml", "-o", "new.xml"], bad);
  expect(code).toBe(0);
  expect(run(["pf1.xml", "new.xml"], { cwd }).code).toBe(0);
  expect(read(cwd, "pf2.xml")).toBe(bad.secondary);
  expect(compile(["--node", "pf2.xml", "-o", "-"], bad).stdout).toBe(read(cwd, "new.xml"));
});

test("says what is left to do", () => {
  const files = change(small, "primary", "<synchronizenat>on</synchronizenat>", "");
  const { code, stderr } = compile(["--node", "pf2.xml", "-o", "new.xml"], files);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^pf1\.xml:\d+:\d+: \w+: .* \[[a-z-]+\]\n/);
  expect(stderr).toMatch(/pfha-lint: written: new\.xml; \d+ problems? in the pair\n$/);
});

test("--init writes a node file that compiles, and replaces none", () => {
  const { cwd, code, stdout } = compile(["--init"]);
  expect(code).toBe(0);
  expect(stdout).toContain("hostname: brook-b # ?\n");
  expect(run(["compile", "pf1.xml", "--init", "-o", "mine.yaml"], { cwd }).code).toBe(0);
  expect(read(cwd, "mine.yaml")).toBe(stdout);
  expect(run(["compile", "pf1.xml", "--node", "mine.yaml", "-o", "new.xml"], { cwd })).toMatchObject({
    code: 0,
    stderr: "pfha-lint: written: new.xml; no problems in the pair\n",
  });
  expect(run(["compile", "pf1.xml", "--init", "-o", "mine.yaml"], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("exists already") as string,
  });
});

test.for<[readonly string[], number, string, Files?]>([
  [[], 2, "missing --node"],
  [["--node", "node.yaml"], 2, "missing --output FILE"],
  [["--init", "--node", "node.yaml"], 2, "name one of the two"],
  [["--node", "node.yaml", "-o", "pf1.xml"], 2, "is one of the inputs"],
  [["--node", "pf2.xml", "-o", "./pf2.xml"], 2, "is one of the inputs"],
  [["--node", "none.yaml", "-o", "new.xml"], 3, "none.yaml: cannot be read: no such file"],
  [["--node", "pf2.xml", "-o", "no/new.xml"], 3, "its folder does not exist"],
  [
    ["--node", "pf2.xml", "-o", "new.xml"],
    3,
    "pf1.xml: expected the primary",
    change(small, "primary", "<synchronizetoip>10.99.0.2<", "<synchronizetoip><"),
  ],
  [
    ["--node", "pf2.xml", "-o", "new.xml"],
    3,
    "expected config version 23.3 as on the primary, found 22.9",
    change(small, "secondary", "<version>23.3<", "<version>22.9<"),
  ],
  [
    ["--node", "pf2.xml", "-o", "new.xml"],
    3,
    "pf2.xml: has no opt1 (SYNC)",
    change(small, "secondary", /<opt1>[\s\S]*<\/opt1>/, ""),
  ],
  [["--node", "pf2.xml", "-o", "new.xml"], 3, "pf2.xml:", change(small, "secondary", "</pfsense>", "")],
  [["--node", "pf2.xml", "-o", "new.xml"], 3, "the same content", { ...small, secondary: small.primary }],
])("refuses %s with %i: %s", ([args, expected, message, files]) => {
  const { cwd, code, stdout, stderr } = compile(args, files);
  expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  expect(stderr).toContain(message);
  expect(readdirSync(cwd).sort()).toEqual(["node.yaml", "pf1.xml", "pf2.xml"]);
});

test("names the line and column of what is wrong in a node file", () => {
  const cwd = folder();
  writeFileSync(join(cwd, "pf1.xml"), small.primary);
  writeFileSync(join(cwd, "node.yaml"), node.replace("192.168.7.12", "192.168.9.12"));
  expect(run(["compile", "pf1.xml", "--node", "node.yaml", "-o", "new.xml"], { cwd })).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "pfha-lint: node.yaml:4:19: expected an address in 192.168.7.0/24, as on the primary, found 192.168.9.12/24\n",
  });
});

test("no secret is said", () => {
  const files = {
    primary: small.primary.replaceAll("example-vip-pass", "CANARY"),
    secondary: small.secondary.replaceAll("example-vip-pass", "CANARY2"),
  };
  for (const args of [["--node", "pf2.xml", "-o", "new.xml"], ["--node", "node.yaml", "-o", "new.xml"], ["--init"]]) {
    const { stdout, stderr } = compile(args, files);
    expect(stdout + stderr).not.toContain("CANARY");
  }
});
