import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { formats } from "../../src/report/index.ts";
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
    const started = performance.now();
    const { code, stderr } = run(["pf1.xml", "huge.xml"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toBe("pfha-lint: huge.xml: 629145600 bytes, more than the 536870912 that can be read\n");
    expect(performance.now() - started).toBeLessThan(10_000);
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
  ];

  test.each([...formats.keys()])("neither break %s nor act on a terminal", (format) => {
    for (const name of names) {
      const cwd = folder();
      pairIn(cwd);
      renameSync(join(cwd, "pf2.xml"), join(cwd, name));
      const { code, stdout, stderr } = run(["-f", format, "--only", "carp-advskew-order", "--", "pf1.xml", name], {
        cwd,
      });
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

  test("a name that is no UTF-8 is read or refused, without a crash", () => {
    const cwd = folder();
    pairIn(cwd);
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from([0x70, 0xff, 0xfe, 0x2e, 0x78])]), bad.secondary);
    const { code, stderr } = shell(cwd, '"$NODE" "$PROGRAM" pf1.xml "$(printf \'p\\377\\376.x\')"');
    expect([1, 3]).toContain(code);
    expect(stderr).not.toContain("a bug in pfha-lint");
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("are written by fix as they are", () => {
    for (const name of names) {
      const cwd = folder();
      pairIn(cwd);
      renameSync(join(cwd, "pf2.xml"), join(cwd, name));
      const { code, stderr } = run(["fix", "--write", "--", "pf1.xml", name], { cwd });
      expect({ name, code }).toEqual({ name, code: 0 });
      expect(stderr.split("\n")).toHaveLength(2);
      expect(readFileSync(join(cwd, name), "utf8")).toBe(small.secondary);
      expect(existsSync(join(cwd, `${name}.orig`))).toBe(true);
    }
  });
});
