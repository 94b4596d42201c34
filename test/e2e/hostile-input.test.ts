import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, onTestFinished, test } from "vitest";
import { formats } from "../../src/report/index.ts";
import { cli } from "../support/cli.ts";
import { change, root, small } from "../support/pair.ts";
import { folder, run } from "../support/run.ts";
import { hasTool } from "../support/tool.ts";

const program = new URL("bin/pfha-lint.js", root).pathname;
const bad = change(small, "secondary", /<advskew>100/g, "<advskew>0");

function pairIn(cwd: string): void {
  writeFileSync(join(cwd, "pf1.xml"), bad.primary);
  writeFileSync(join(cwd, "pf2.xml"), bad.secondary);
}

/** Runs the program in a shell, with a limit in time: what waits for ever fails. */
function shell(cwd: string, script: string): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script], {
    cwd,
    encoding: "utf8",
    timeout: 30_000,
    env: { ...process.env, NODE: process.execPath, PROGRAM: program, NO_COLOR: "1" },
  });
  return { code: status, stdout, stderr };
}

describe.skipIf(process.platform === "win32")("odd files", () => {
  test("a pipe that its reader closes early ends the program quietly", () => {
    const cwd = folder();
    pairIn(cwd);
    const { stdout, stderr } = shell(
      cwd,
      '"$NODE" "$PROGRAM" ast pf1.xml | head -n 1; "$NODE" "$PROGRAM" pf1.xml pf2.xml -f html | head -c 1',
    );
    expect(stdout).toBe("{\n<");
    expect(stderr).toBe("");
    expect(shell(cwd, '"$NODE" "$PROGRAM" ast pf1.xml | true').stderr).toBe("");
    expect(shell(cwd, '"$NODE" "$PROGRAM" --nope 2>&1 >/dev/null | true').stderr).toBe("");
  });

  test.each(["/dev/zero", "/dev/urandom", "pipe", "socket", "."])(
    "%s is refused, and nothing waits for it",
    async (path) => {
      const cwd = folder();
      pairIn(cwd);
      if (path === "pipe") spawnSync("mkfifo", [join(cwd, "pipe")]);
      const server = createServer();
      if (path === "socket") await new Promise<void>((done) => server.listen(join(cwd, "socket"), done));
      for (const args of [`pf1.xml ${path}`, `${path} pf1.xml`, `ast ${path}`, `fix pf1.xml ${path} --write`]) {
        const { code, stdout, stderr } = shell(cwd, `"$NODE" "$PROGRAM" ${args}`);
        expect({ args, code, stdout }).toEqual({ args, code: 3, stdout: "" });
        expect(stderr).toContain(`${path}: cannot be read: `);
      }
      server.close();
    },
  );

  test("a process substitution is read, although it is a pipe", () => {
    const cwd = folder();
    pairIn(cwd);
    if (!hasTool("bash")) return;
    const { status, stdout } = spawnSync("bash", ["-c", `"${process.execPath}" "${program}" pf1.xml <(cat pf2.xml)`], {
      cwd,
      encoding: "utf8",
      timeout: 30_000,
    });
    expect(status).toBe(1);
    expect(stdout).toContain("[carp-advskew-order]");
  });

  test("a file larger than 512 MB is refused before it is read", () => {
    const cwd = folder();
    pairIn(cwd);
    writeFileSync(join(cwd, "huge.xml"), "<pfsense>");
    truncateSync(join(cwd, "huge.xml"), 600 * 2 ** 20);
    const { code, stderr } = run(["pf1.xml", "huge.xml"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toBe("pfha-lint: huge.xml: 629145600 bytes, more than the 536870912 that can be read\n");
  });

  test("endless standard input is refused once it is too much", () => {
    const cwd = folder();
    pairIn(cwd);
    const { code, stderr } = shell(cwd, 'head -c 600000000 /dev/zero | "$NODE" "$PROGRAM" pf1.xml -');
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: "pfha-lint: standard input: more than the 536870912 bytes that can be read\n",
    });
  });

  test("a file that is cut or grown while it is read is one or the other, never a crash", async () => {
    const cwd = folder();
    pairIn(cwd);
    const large = bad.secondary.replace("</pfsense>", `${"<x>1</x>".repeat(200_000)}</pfsense>`);
    for (let i = 0; i < 2; i++) {
      const path = join(cwd, "pf2.xml");
      writeFileSync(path, large);
      const child = spawn(process.execPath, [program, "pf1.xml", "pf2.xml"], { cwd });
      let stderr = "";
      child.stderr.on("data", (chunk) => {
        stderr += chunk;
      });
      child.stdout.resume();
      const timer = setInterval(() => (i % 2 === 0 ? truncateSync(path, 1000) : appendFileSync(path, "<y/>")), 5);
      const code = await new Promise((done) => child.on("close", done));
      clearInterval(timer);
      expect([0, 1, 3]).toContain(code);
      expect(stderr).not.toContain("a bug in pfha-lint");
    }
  });

  test("fix --write refuses a file that changes while it works, and keeps a symbolic link", () => {
    const cwd = folder();
    pairIn(cwd);
    mkdirSync(join(cwd, "store"));
    renameSync(join(cwd, "pf2.xml"), join(cwd, "store", "real.xml"));
    symlinkSync("store/real.xml", join(cwd, "pf2.xml"));
    expect(run(["pf1.xml", "pf2.xml"], { cwd }).code).toBe(1);
    expect(run(["fix", "pf1.xml", "pf2.xml", "--write"], { cwd }).code).toBe(0);
    expect(lstatSync(join(cwd, "pf2.xml")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, "store", "real.xml"), "utf8")).toBe(small.secondary);
  });

  test("a link that leads to itself, or nowhere, is said to", () => {
    const cwd = folder();
    pairIn(cwd);
    symlinkSync("loop.xml", join(cwd, "loop.xml"));
    symlinkSync("nowhere.xml", join(cwd, "lost.xml"));
    expect(run(["pf1.xml", "loop.xml"], { cwd })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("go round in circles"),
    });
    expect(run(["pf1.xml", "lost.xml"], { cwd })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("no such file"),
    });
  });

  test.each(["/dev/zero", "pipe", "."])(
    "a configuration file that is %s is refused, and nothing waits for it",
    (path) => {
      const cwd = folder();
      pairIn(cwd);
      spawnSync("mkfifo", [join(cwd, "pipe")]);
      for (const args of [`pf1.xml pf2.xml -c ${path}`, `check -c ${path}`]) {
        const { code, stdout, stderr } = shell(cwd, `"$NODE" "$PROGRAM" ${args}`);
        expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
        expect(stderr).toMatch(
          /^pfha-lint: the configuration file .*: cannot be read: (?:no regular file|a directory)/,
        );
      }
      if (path === ".") return;
      // Also the one that lies around, and what init would look into.
      symlinkSync(path, join(cwd, "pfha-lint.yaml"));
      expect(shell(cwd, '"$NODE" "$PROGRAM" pf1.xml pf2.xml').code).toBe(2);
      symlinkSync(path, join(cwd, ".pre-commit-config.yaml"));
      expect(shell(cwd, '"$NODE" "$PROGRAM" init')).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/^pfha-lint: \.pre-commit-config\.yaml: cannot be read: no regular file/),
      });
    },
  );

  test("a configuration file that is no UTF-8 is refused, and stays as it is", () => {
    const cwd = folder();
    pairIn(cwd);
    const bytes = Buffer.from("# caf\xe9\nfailOn: warning\n", "latin1");
    writeFileSync(join(cwd, "pfha-lint.yaml"), bytes);
    for (const args of [
      ["pf1.xml", "pf2.xml"],
      ["accept", "pf1.xml", "pf2.xml", "--reason", "so"],
    ]) {
      const { code, stderr } = run(args, { cwd });
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("the configuration file pfha-lint.yaml: no UTF-8 text"),
      });
    }
    expect(readFileSync(join(cwd, "pfha-lint.yaml")).equals(bytes)).toBe(true);
  });

  test("a name with a NUL in the configuration file is no crash", () => {
    const cwd = folder();
    writeFileSync(join(cwd, "pfha-lint.yaml"), 'clusters: { a: { primary: "a\\0b", secondary: c } }\n');
    expect(run(["check"], { cwd })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("a\\u{0}b: cannot be read: its name holds a NUL"),
    });
  });

  test("a name that is no UTF-8 keeps init from nothing else", () => {
    const cwd = folder();
    pairIn(cwd);
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/p`), Buffer.from([0xff]), Buffer.from(".xml")]), bad.secondary);
    const { code, stdout } = run(["init"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("not paired: p\ufffd.xml: cannot be read: no such file\n");
    expect(stdout).toContain("found pf: pf1.xml (primary) and pf2.xml\n");
  });

  test("a folder of the hypervisor that leads nowhere is said to", () => {
    const cwd = folder();
    pairIn(cwd);
    symlinkSync("loop", join(cwd, "loop"));
    expect(run(["pf1.xml", "pf2.xml", "--proxmox", "loop/100.conf"], { cwd })).toMatchObject({
      code: 3,
      stderr: "pfha-lint: loop/100.conf: cannot be read: its symbolic links go round in circles\n",
    });
  });

  // Root reads everything; setpriv makes a process that does not.
  const dropped =
    process.getuid?.() === 0
      ? hasTool("setpriv")
        ? "setpriv --reuid=65534 --regid=65534 --clear-groups"
        : undefined
      : "";
  const without = dropped === undefined ? " (skipped: no setpriv here to give up the rights of root)" : "";
  test.skipIf(dropped === undefined)(`a file that may not be read is named with the reason${without}`, () => {
    const cwd = folder();
    pairIn(cwd);
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, "pf2.xml"), 0o000);
    const { code, stdout, stderr } = shell(cwd, `${dropped} "$NODE" "$PROGRAM" pf1.xml pf2.xml`);
    // The program itself may lie where only root looks.
    if (stderr.includes("Cannot find module") || stderr.includes("EACCES")) return;
    expect({ code, stdout, stderr }).toEqual({
      code: 3,
      stdout: "",
      stderr: "pfha-lint: pf2.xml: cannot be read: no permission to read it\n",
    });
    chmodSync(join(cwd, "pf2.xml"), 0o600);
  });

  test.skipIf(dropped === undefined)(`a folder that may not be read keeps init from nothing else${without}`, () => {
    const cwd = folder();
    pairIn(cwd);
    mkdirSync(join(cwd, "locked"), { mode: 0o700 });
    chmodSync(cwd, 0o777);
    const { code, stdout, stderr } = shell(cwd, `${dropped} "$NODE" "$PROGRAM" init`);
    if (stderr.includes("Cannot find module") || stderr.includes("EACCES")) return;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("not paired: locked: cannot be read: no permission to read it\n");
    expect(stdout).toContain("found pf: pf1.xml (primary) and pf2.xml\n");
  });
});

describe.skipIf(process.platform === "win32")("standard streams", () => {
  const pair = '"$NODE" "$PROGRAM" pf1.xml pf2.xml';

  test.skipIf(!existsSync("/dev/full"))("a full disk behind standard output is told, and ends with 3", () => {
    const cwd = folder();
    pairIn(cwd);
    const full = { code: 3, stderr: "pfha-lint: standard output: cannot be written: no space left on the disk\n" };
    expect(shell(cwd, `${pair} > /dev/full`)).toMatchObject(full);
    expect(shell(cwd, `${pair} -f html > /dev/full`)).toMatchObject(full);
    expect(shell(cwd, `${pair} --watch > /dev/full`)).toMatchObject(full);
    expect(shell(cwd, '"$NODE" "$PROGRAM" ast pf1.xml > /dev/full')).toMatchObject(full);
    expect(shell(cwd, '"$NODE" "$PROGRAM" --help > /dev/full')).toMatchObject(full);
  });

  test.skipIf(!existsSync("/dev/full"))("a full disk behind standard error changes nothing else", () => {
    const cwd = folder();
    pairIn(cwd);
    const { stdout } = shell(cwd, pair);
    expect(shell(cwd, `${pair} --timing 2> /dev/full`)).toEqual({ code: 1, stdout, stderr: "" });
    expect(shell(cwd, '"$NODE" "$PROGRAM" --nope 2> /dev/full').code).toBe(2);
    expect(shell(cwd, '"$NODE" "$PROGRAM" fix pf1.xml pf2.xml --write 2> /dev/full').code).toBe(0);
    expect(readFileSync(join(cwd, "pf2.xml"), "utf8")).toBe(small.secondary);
  });

  test("one that is closed is no trouble", () => {
    const cwd = folder();
    pairIn(cwd);
    expect(shell(cwd, `${pair} >&-`)).toEqual({ code: 1, stdout: "", stderr: "" });
    expect(shell(cwd, `${pair} --timing 2>&-`)).toMatchObject({ code: 1, stderr: "" });
    expect(shell(cwd, '"$NODE" "$PROGRAM" pf1.xml - <&-')).toMatchObject({ code: 3, stderr: "" });
    expect(shell(cwd, '"$NODE" "$PROGRAM" pf1.xml - < .')).toMatchObject({ code: 3 });
    expect(shell(cwd, `${pair} <&- >&- 2>&-`).code).toBe(1);
  });

  test("--watch ends once nobody reads it", async () => {
    const cwd = folder();
    pairIn(cwd);
    const child = spawn(process.execPath, [program, "pf1.xml", "pf2.xml", "--watch"], { cwd });
    onTestFinished(() => void child.kill());
    const touching = setInterval(() => appendFileSync(join(cwd, "pf2.xml"), "\n"), 300);
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((end) => child.on("close", end));
    clearInterval(touching);
    expect(code).toBe(0);
  });

  test("a working directory that is gone is told", () => {
    const cwd = folder();
    mkdirSync(join(cwd, "gone"));
    expect(shell(cwd, `cd gone && rmdir ../gone && ${pair}`)).toEqual({
      code: 3,
      stdout: "",
      stderr: "pfha-lint: the working directory is gone; change to one that is there\n",
    });
  });
});

describe.skipIf(process.platform === "win32")("hostile names of files", () => {
  const names = [
    "new\nline.xml",
    'quote".xml',
    "apos'&<>.xml",
    "x%0A::error file=a::b.xml",
    "-rf",
    "--write",
    "esc\u001b[31m.xml",
    "rtl\u202egnp.xml",
    "pf1.xml:1:1: error: forged [carp-advskew-order]",
    "space and ümlaut 日本.xml",
    "back\\slash.xml",
    "a`b|c$(d).xml",
    "[link](evil.example).xml",
    "cr\r.xml",
    "]]><script>alert(1).xml",
    "::error::x.xml",
    `${"long".repeat(60)}.xml`,
  ];

  test.each([...formats.keys()])("neither break %s nor act on a terminal", async (format) => {
    for (const name of names) {
      const cwd = folder();
      pairIn(cwd);
      renameSync(join(cwd, "pf2.xml"), join(cwd, name));
      const { code, stdout, stderr } = await cli(
        ["-f", format, "--only", "carp-advskew-order", "--", "pf1.xml", name],
        {
          cwd,
        },
      );
      expect({ name, code, stderr }).toEqual({ name, code: 1, stderr: "" });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not occur.
      expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]/);
      expect({ name, found: diagnosticsIn(format, stdout) }).toEqual({ name, found: 2 });
    }
  });

  const gnu = /^(.+?):(\d+):(\d+): (error|warning|info): (.*) \[([a-z0-9-]+)\]$/;
  function diagnosticsIn(format: string, output: string): number {
    switch (format) {
      case "text":
      case "compact":
        return output.split("\n").filter((line) => gnu.test(line)).length;
      case "json":
        return JSON.parse(output).clusters[0].diagnostics.length;
      case "sarif":
        return JSON.parse(output).runs[0].results.length;
      case "gitlab":
        return JSON.parse(output).length;
      case "github":
        return output.split("\n").filter((line) => line.startsWith("::")).length;
      case "checkstyle":
        expect(XMLValidator.validate(output)).toBe(true);
        return output.match(/<error /g)?.length ?? 0;
      case "junit":
        // One test case a rule.
        expect(XMLValidator.validate(output)).toBe(true);
        return 2 * (output.match(/<failure /g)?.length ?? 0);
      default:
        // For people: what could be markup is not.
        expect(output).not.toContain('href="evil');
        return 2;
    }
  }

  test("are names of reports as good as others", async () => {
    const cwd = folder();
    pairIn(cwd);
    for (const name of names) {
      const { code, stdout, stderr } = await cli(["pf1.xml", "pf2.xml", "-f", `json=${name}`], { cwd });
      expect({ name, code, stdout, stderr }).toEqual({ name, code: 1, stdout: "", stderr: "" });
      expect(JSON.parse(readFileSync(join(cwd, name), "utf8")).exitCode).toBe(1);
      // The same names, where nothing can be written.
      const refused = await cli(["pf1.xml", "pf2.xml", "-f", `json=pf1.xml/${name}`], { cwd });
      expect(refused.code).toBe(3);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not occur.
      expect(refused.stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]/);
    }
  });

  test.each([
    ["fix", ["fix"], []],
    ["plan", ["plan"], []],
    ["simulate", ["simulate"], []],
    ["ast", ["ast"], undefined],
    ["accept", ["accept"], ["--reason", "so"]],
  ] as const)("do nothing to a terminal in what %s prints", async (_, command, more) => {
    for (const name of names) {
      const cwd = folder();
      pairIn(cwd);
      renameSync(join(cwd, "pf2.xml"), join(cwd, name));
      const args = more === undefined ? ["--", name] : [...more, "--", "pf1.xml", name];
      const { code, stdout, stderr } = await cli([...command, ...args], { cwd });
      expect([0, 1]).toContain(code);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not occur.
      expect((stdout + stderr).replaceAll("\t", "")).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]/);
    }
  });

  test("that leave no room for another ending are refused by fix, and stay", async () => {
    const cwd = folder();
    pairIn(cwd);
    const name = `${"x".repeat(248)}.xml`;
    renameSync(join(cwd, "pf2.xml"), join(cwd, name));
    expect(await cli(["fix", "--write", "pf1.xml", name], { cwd })).toMatchObject({
      code: 3,
      stderr: `pfha-lint: ${name}: cannot be written: its name is too long; it is as it was\n  help: choose a shorter name\n`,
    });
    expect(readFileSync(join(cwd, name), "utf8")).toBe(bad.secondary);
    expect(readdirSync(cwd).sort()).toEqual(["pf1.xml", name].sort());
  });

  test("a name that is no UTF-8 is read or refused, without a crash", () => {
    const cwd = folder();
    pairIn(cwd);
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from([0x70, 0xff, 0xfe, 0x2e, 0x78])]), bad.secondary);
    const { code, stderr } = shell(cwd, '"$NODE" "$PROGRAM" pf1.xml "$(printf \'p\\377\\376.x\')"');
    expect([1, 3]).toContain(code);
    expect(stderr).not.toContain("a bug in pfha-lint");
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("are written by fix as they are", async () => {
    for (const name of names) {
      const cwd = folder();
      pairIn(cwd);
      renameSync(join(cwd, "pf2.xml"), join(cwd, name));
      const { code, stderr } = await cli(["fix", "--write", "--", "pf1.xml", name], { cwd });
      expect({ name, code }).toEqual({ name, code: 0 });
      expect(stderr.split("\n")).toHaveLength(2);
      expect(readFileSync(join(cwd, name), "utf8")).toBe(small.secondary);
      expect(existsSync(join(cwd, `${name}.orig`))).toBe(true);
    }
  });
});
