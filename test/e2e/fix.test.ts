import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { change, type Files, small } from "../support/pair.ts";
import { folder, type Outcome, run } from "../support/run.ts";

const bad = change(small, "secondary", /<advskew>100/g, "<advskew>0");

function pairIn(cwd: string, files: Files = bad): readonly string[] {
  writeFileSync(join(cwd, "pf1.xml"), files.primary);
  writeFileSync(join(cwd, "pf2.xml"), files.secondary);
  return ["fix", "pf1.xml", "pf2.xml"];
}

const read = (...path: readonly string[]): string => readFileSync(join(...path), "utf8");

/** Runs `fix` over a pair in a folder of its own; gives what was said, and the folder. */
function fix(
  more: readonly string[] = [],
  files?: Files,
  env?: Record<string, string>,
): Outcome & { readonly cwd: string } {
  const cwd = folder();
  return { cwd, ...run([...pairIn(cwd, files), ...more], { cwd, ...(env && { env }) }) };
}

const untouched = (cwd: string, files: Files = bad): void => {
  expect(read(cwd, "pf1.xml")).toBe(files.primary);
  expect(read(cwd, "pf2.xml")).toBe(files.secondary);
  expect(readdirSync(cwd).sort()).toEqual(["pf1.xml", "pf2.xml"]);
};

test("shows the change and writes nothing", () => {
  const { cwd, ...outcome } = fix();
  untouched(cwd);
  expect(outcome.code).toBe(0);
  expect(outcome.stderr).toBe(
    "pfha-lint: 2 fixes (carp-advskew-order); nothing was written, --write replaces the file\n",
  );
  expect(outcome.stdout).toMatch(/^--- pf2\.xml\n\+\+\+ pf2\.xml\n@@ -\d+,\d+ \+\d+,\d+ @@ carp-advskew-order\n/);
  expect(outcome.stdout.match(/^[-+]\t.*$/gm)).toEqual([
    "-\t\t\t<advskew>0</advskew>",
    "+\t\t\t<advskew>100</advskew>",
    "-\t\t\t<advskew>0</advskew>",
    "+\t\t\t<advskew>100</advskew>",
  ]);
});

test("colours the diff if asked", () => {
  const { stdout } = fix(["--color", "always"]);
  expect(stdout).toContain("\u001b[31m-\t\t\t<advskew>0</advskew>\u001b[39m");
  expect(stdout).toContain("\u001b[36m@@ ");
});

test("says nothing on standard output of a pair without faults", () => {
  const { cwd, ...outcome } = fix(["--unsafe"], small);
  expect(outcome).toEqual({ code: 0, stdout: "", stderr: "pfha-lint: nothing to fix\n" });
  untouched(cwd, small);
  expect(fix(["-q"], small).stderr).toBe("");
});

test("--check ends with 1 if the secondary would change, with 0 if not", () => {
  const { cwd, code, stdout } = fix(["--check"]);
  expect(code).toBe(1);
  expect(stdout).toContain("@@ carp-advskew-order");
  untouched(cwd);
  expect(fix(["--check"], small).code).toBe(0);
  expect(fix(["--check", "--only", "xmlrpc-target-format"]).code).toBe(0);
});

test("--write replaces the secondary and keeps the old one; again, it changes nothing", () => {
  const { cwd, ...outcome } = fix(["--write"]);
  expect(outcome).toEqual({
    code: 0,
    stdout: "",
    stderr: "pfha-lint: 2 fixes (carp-advskew-order); written: pf2.xml\n",
  });
  expect(read(cwd, "pf1.xml")).toBe(bad.primary);
  expect(read(cwd, "pf2.xml")).toBe(small.secondary);
  expect(read(cwd, "pf2.xml.orig")).toBe(bad.secondary);
  expect(statSync(join(cwd, "pf2.xml")).mode & 0o777).toBe(0o600);
  expect(statSync(join(cwd, "pf2.xml.orig")).mode & 0o777).toBe(0o600);
  const { mtimeMs } = statSync(join(cwd, "pf2.xml"));
  expect(run(["fix", "pf1.xml", "pf2.xml", "--write"], { cwd })).toMatchObject({
    code: 0,
    stderr: "pfha-lint: nothing to fix\n",
  });
  expect(statSync(join(cwd, "pf2.xml")).mtimeMs).toBe(mtimeMs);
  expect(read(cwd, "pf2.xml.orig")).toBe(bad.secondary);
});

test("a fix that would bring up another problem is left out, and said", () => {
  const off = change(bad, "secondary", /<enable><\/enable>\s*(<if>igb1<)/, "$1");
  const files = change(off, "secondary", "192.168.7.12</ipaddr>", "192.168.7.11</ipaddr>");
  const { cwd, code, stderr } = fix(["--unsafe", "--write"], files);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^pfha-lint: left out: enable the interface \(interface-enabled-match, interface\/lan on the secondary\), as it would bring up: lan: expected .*, the primary's on lan \(interface-address-unique\)\npfha-lint: 2 fixes \(carp-advskew-order\), 1 left out, 1 diagnostic left; written: pf2\.xml\n$/,
  );
  expect(read(cwd, "pf2.xml")).toBe(change(files, "secondary", /<advskew>0/g, "<advskew>100").secondary);
  const again = run(["fix", "pf1.xml", "pf2.xml", "--unsafe", "--check"], { cwd });
  expect(again).toMatchObject({ code: 0, stdout: "" });
  expect(again.stderr).toMatch(/\npfha-lint: no fix, 1 left out, 1 diagnostic left\n$/);
  expect(run(["fix", "pf1.xml", "pf2.xml", "--unsafe", "--quiet"], { cwd })).toMatchObject({ code: 0, stderr: "" });
});

test("the order of the files does not matter", () => {
  const cwd = folder();
  pairIn(cwd);
  expect(run(["fix", "pf2.xml", "pf1.xml", "--write"], { cwd }).code).toBe(0);
  expect(read(cwd, "pf1.xml")).toBe(bad.primary);
  expect(read(cwd, "pf2.xml")).toBe(small.secondary);
});

test("--write follows a symbolic link", () => {
  const cwd = folder();
  pairIn(cwd);
  mkdirSync(join(cwd, "backup"));
  writeFileSync(join(cwd, "backup", "real.xml"), bad.secondary);
  rmSync(join(cwd, "pf2.xml"));
  symlinkSync("backup/real.xml", join(cwd, "pf2.xml"));
  expect(run(["fix", "pf1.xml", "pf2.xml", "--write"], { cwd }).code).toBe(0);
  expect(read(cwd, "backup", "real.xml")).toBe(small.secondary);
  expect(read(cwd, "backup", "real.xml.orig")).toBe(bad.secondary);
  expect(readdirSync(cwd).sort()).toEqual(["backup", "pf1.xml", "pf2.xml"]);
});

test("-o writes a new file, for its owner only; - is standard output, byte for byte", () => {
  const { cwd, code } = fix(["-o", "new.xml"]);
  expect(code).toBe(0);
  expect(read(cwd, "new.xml")).toBe(small.secondary);
  expect(statSync(join(cwd, "new.xml")).mode & 0o777).toBe(0o600);
  expect(read(cwd, "pf2.xml")).toBe(bad.secondary);
  expect(fix(["-o", "-"]).stdout).toBe(small.secondary);
  expect(fix(["--output=-"], small).stdout).toBe(small.secondary);
});

test("BOM, CR LF and Latin-1 bytes stay", () => {
  const cwd = folder();
  const latin1 = (text: string): Buffer =>
    Buffer.from(
      `\xef\xbb\xbf${text.replace('version="1.0"', 'version="1.0" encoding="iso-8859-1"').replace("LAN to any", "B\xfcro").replaceAll("\n", "\r\n")}`,
      "latin1",
    );
  writeFileSync(join(cwd, "pf1.xml"), small.primary);
  writeFileSync(join(cwd, "pf2.xml"), latin1(bad.secondary));
  expect(run(["fix", "pf1.xml", "pf2.xml", "--write", "--only", "carp-advskew-order"], { cwd }).code).toBe(0);
  expect(readFileSync(join(cwd, "pf2.xml")).equals(latin1(small.secondary))).toBe(true);
});

test("one of the files may come from standard input, and then cannot be replaced", () => {
  const cwd = folder();
  pairIn(cwd);
  const input = bad.secondary;
  expect(run(["fix", "pf1.xml", "-", "-o", "-"], { cwd, input }).stdout).toBe(small.secondary);
  expect(run(["fix", "pf1.xml", "-"], { cwd, input }).stdout).toMatch(/^--- <stdin>\n/);
  expect(run(["fix", "pf1.xml", "-", "--write"], { cwd, input })).toMatchObject({ code: 2, stdout: "" });
});

describe("refuses", () => {
  test.for<[readonly string[], string]>([
    [["--write", "-o", "x.xml"], "--write and --output cannot go together"],
    [["--write", "--check"], "--write and --check cannot go together"],
    [["-o", "x.xml", "--node", "both"], "--output takes one file; with --node both, use --write"],
    [["-o", "pf2.xml"], "--output pf2.xml: is one of the two files; --write replaces it and keeps the old one"],
    [["-o", "./pf1.xml"], "--output ./pf1.xml: is one of the two files; --write replaces it and keeps the old one"],
    [["--only", "carp-advskew-ordr"], "unknown rule carp-advskew-ordr; did you mean carp-advskew-order?"],
    [["--wriet"], "unknown option --wriet; did you mean --write?"],
    [["--node", "master"], ""],
  ])("%s with 2, and writes nothing", ([more, message]) => {
    const { cwd, code, stdout, stderr } = fix(more);
    expect(code).toBe(2);
    if (message !== "")
      expect({ code, stderr }).toEqual({ code: 2, stderr: `pfha-lint: ${message}\nTry \`pfha-lint --help\`.\n` });
    expect(stdout).toBe("");
    untouched(cwd);
  });

  test("secrets in a log of CI", () => {
    const { code, stdout, stderr } = fix(["--show-secrets"], bad, { CI: "true" });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("--show-secrets is refused where CI is set");
  });

  test.for([
    ["the primary", change(bad, "primary", "</filter>", "")],
    ["the secondary", change(bad, "secondary", "</filter>", "")],
    [
      "the secondary for an element twice",
      change(bad, "secondary", "<domain>brook.example</domain>", "<domain>a</domain><domain>b</domain>"),
    ],
  ] as const)("with 3 what pfSense would not load: %s", ([, files]) => {
    const { cwd, code, stdout, stderr } = fix(["--write", "--unsafe", "--node", "both"], files);
    expect(code).toBe(3);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^pfha-lint: pf[12]\.xml:\d+:\d+: .*\n {2}help: .*\n$/);
    untouched(cwd, files);
  });

  // Root may write anywhere.
  test.skipIf(process.getuid?.() === 0)("a folder that cannot be written, with 3", () => {
    const cwd = folder();
    const args = pairIn(cwd);
    chmodSync(cwd, 0o500);
    const outcome = run([...args, "--write"], { cwd });
    chmodSync(cwd, 0o700);
    expect(outcome).toMatchObject({
      code: 3,
      stderr:
        "pfha-lint: pf2.xml: cannot be written: no permission to write it, or in its folder; it is as it was\n" +
        "  help: work in a folder where you may write: a file is replaced by a new one beside it\n",
    });
    untouched(cwd);
  });

  test.skipIf(!existsSync("/dev/full"))("a full disk with 3", () => {
    const { cwd, code, stderr } = fix(["-o", "/dev/full"]);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr:
        "pfha-lint: /dev/full: cannot be written: no space left on the disk; it is as it was\n  help: make room, and run again\n",
    });
    untouched(cwd);
  });
});

describe("secrets", () => {
  const canary = (files: Files): Files => ({
    primary: files.primary.replaceAll("example-vip-pass", "CANARY-1"),
    secondary: files.secondary.replaceAll("example-vip-pass", "CANARY-2\nCANARY-3"),
  });

  test("are in no output", () => {
    for (const more of [[], ["--unsafe"], ["--node", "both", "--unsafe"], ["--check"], ["--color", "always"]]) {
      const { stdout, stderr } = fix(more, canary(bad));
      expect(stdout).toContain("••••••••");
      expect(stdout + stderr).not.toContain("CANARY");
    }
  });

  test("are shown on demand", () => {
    expect(fix(["--show-secrets"], canary(bad)).stdout).toContain("CANARY-2");
  });
});

test("the primary is edited only if asked", () => {
  const files = change(bad, "primary", "<synchronizetoip>10.99.0.2<", "<synchronizetoip>https://10.99.0.2<");
  const both = ["--unsafe", "--write"];
  expect(fix(["--unsafe"], files).stderr).toMatch(/, 1 more in the other file \(--node\), 1 diagnostic left; /);
  expect(read(fix(both, files).cwd, "pf1.xml")).toBe(files.primary);
  const { cwd } = fix([...both, "--node", "primary"], files);
  expect(read(cwd, "pf1.xml")).toBe(small.primary);
  expect(read(cwd, "pf2.xml")).toBe(files.secondary);
  const all = fix([...both, "--node", "both"], files);
  expect(read(all.cwd, "pf1.xml")).toBe(small.primary);
  expect(read(all.cwd, "pf2.xml")).toBe(small.secondary);
});
