import { spawnSync } from "node:child_process";
import * as nodeFs from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/cli/io.ts";
import { type FileSystem, prepareReplacement, writeNew } from "../../src/cli/write.ts";
import { folder } from "../support/run.ts";

const bytes = (text: string): Buffer => Buffer.from(text);
const read = (path: string): string => nodeFs.readFileSync(path, "utf8");
const [before, after] = ["old <b>content</b>", "new content"];

/** Calls that change something on the disk. */
const changing = [
  "openSync",
  "fchmodSync",
  "fchownSync",
  "writeFileSync",
  "fsyncSync",
  "closeSync",
  "renameSync",
  "unlinkSync",
];

/** A file system whose n-th change fails. After a kill nothing works any more, tidying up included. */
function failing(at: number, code: string, kill = false): { fs: FileSystem; calls: () => number } {
  let calls = 0;
  const fs = Object.fromEntries(
    Object.entries(nodeFs).map(([name, call]) => [
      name,
      (...args: unknown[]) => {
        if (changing.includes(name)) calls++;
        if (changing.includes(name) && (calls === at || (kill && calls > at))) {
          // A full disk has room for a part of what is written.
          if (name === "writeFileSync" && !kill) nodeFs.writeFileSync(args[0] as number, "new");
          throw Object.assign(new Error(`${code}: SECRET`), { code });
        }
        return (call as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as FileSystem;
  return { fs, calls: () => calls };
}

function target(cwd: string): string {
  const path = join(cwd, "pf2.xml");
  nodeFs.writeFileSync(path, before, { mode: 0o644 });
  return path;
}

function replace(path: string, fs: FileSystem): void {
  prepareReplacement("pf2.xml", path, bytes(before), bytes(after), fs).commit();
}

describe("replacing a file", () => {
  test("keeps the old one beside it, and lets nobody else read either", () => {
    const cwd = folder();
    const path = target(cwd);
    replace(path, nodeFs);
    expect(read(path)).toBe(after);
    expect(read(`${path}.orig`)).toBe(before);
    expect(nodeFs.readdirSync(cwd).sort()).toEqual(["pf2.xml", "pf2.xml.orig"]);
    for (const name of [path, `${path}.orig`]) expect(nodeFs.statSync(name).mode & 0o777).toBe(0o600);
  });

  test("goes through symbolic links, which stay", () => {
    const cwd = folder();
    nodeFs.mkdirSync(join(cwd, "real"));
    const path = target(join(cwd, "real"));
    const link = join(cwd, "link.xml");
    nodeFs.symlinkSync(path, link);
    replace(link, nodeFs);
    expect(nodeFs.lstatSync(link).isSymbolicLink()).toBe(true);
    expect(read(path)).toBe(after);
    expect(read(`${path}.orig`)).toBe(before);
  });

  test("is refused if the file changed, before or after the new one was prepared", () => {
    const cwd = folder();
    const path = target(cwd);
    const prepared = prepareReplacement("pf2.xml", path, bytes(before), bytes(after));
    nodeFs.writeFileSync(path, "somebody else's");
    const changed = new InputError("pf2.xml: changed while it was being checked; nothing was written, run again");
    expect(() => prepared.commit()).toThrow(changed);
    expect(() => replace(path, nodeFs)).toThrow(changed);
    expect(nodeFs.readdirSync(cwd)).toEqual(["pf2.xml"]);
    expect(read(path)).toBe("somebody else's");
  });

  test("is refused for a folder, and can be taken back", () => {
    const cwd = folder();
    expect(() => replace(cwd, nodeFs)).toThrow("pf2.xml: not a regular file; write with -o FILE instead");
    const path = target(cwd);
    prepareReplacement("pf2.xml", path, bytes(before), bytes(after)).discard();
    expect(nodeFs.readdirSync(cwd)).toEqual(["pf2.xml"]);
  });

  test("takes away what a killed run left, and nothing of one that still runs", () => {
    const cwd = folder();
    const path = target(cwd);
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    const dead = `.pfha-lint-${gone}-0123456789ab.tmp`;
    const alive = `.pfha-lint-${process.pid}-0123456789ab.tmp`;
    for (const name of [dead, alive, ".pfha-lint-notes.tmp"]) nodeFs.writeFileSync(join(cwd, name), "");
    replace(path, nodeFs);
    expect(nodeFs.readdirSync(cwd).sort()).toEqual([alive, ".pfha-lint-notes.tmp", "pf2.xml", "pf2.xml.orig"].sort());
  });

  const total = (() => {
    const { fs, calls } = failing(0, "");
    const cwd = nodeFs.mkdtempSync(join(nodeFs.realpathSync("/tmp"), "pfha-test-"));
    replace(target(cwd), fs);
    nodeFs.rmSync(cwd, { recursive: true });
    return calls();
  })();
  const every = Array.from({ length: total }, (_, i) => i + 1);

  test.for(every)("killed at change %i of the disk, leaves the old file or the new one", (at) => {
    const cwd = folder();
    const path = target(cwd);
    try {
      replace(path, failing(at, "EKILLED", true).fs);
    } catch {
      // Killed.
    }
    expect([before, after]).toContain(read(path));
    const orig = nodeFs.existsSync(`${path}.orig`) ? read(`${path}.orig`) : undefined;
    expect([undefined, before]).toContain(orig);
    if (read(path) === after) expect(orig).toBe(before);
    expect(
      nodeFs
        .readdirSync(cwd)
        .filter((name) => !name.startsWith("pf2.xml"))
        .every((name) => /^\.pfha-lint-\d+-\w+\.tmp$/.test(name)),
    ).toBe(true);
  });

  test.for(every)("a disk that fails at change %i leaves the old file, alone, and says why", (at) => {
    const cwd = folder();
    const path = target(cwd);
    let message = "";
    try {
      replace(path, failing(at, "ENOSPC").fs);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      message = (error as Error).message;
    }
    if (read(path) === after) {
      // Only what comes behind the rename may fail without a word.
      expect(message).toBe("");
      expect(read(`${path}.orig`)).toBe(before);
    } else {
      expect(read(path)).toBe(before);
      expect(message).toBe("pf2.xml: cannot be written: no space left on the disk; it is as it was");
    }
    expect(nodeFs.readdirSync(cwd).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("writing a new file", () => {
  test("lets nobody else read it, new or replaced", () => {
    const cwd = folder();
    const path = join(cwd, "out.xml");
    writeNew("out.xml", path, bytes(after));
    expect(read(path)).toBe(after);
    nodeFs.chmodSync(path, 0o644);
    writeNew("out.xml", path, bytes(before));
    expect(read(path)).toBe(before);
    expect(nodeFs.statSync(path).mode & 0o777).toBe(0o600);
    expect(nodeFs.readdirSync(cwd)).toEqual(["out.xml"]);
  });

  test("goes through a symbolic link, but not through one to nothing", () => {
    const cwd = folder();
    nodeFs.symlinkSync("real.xml", join(cwd, "out.xml"));
    expect(() => writeNew("out.xml", join(cwd, "out.xml"), bytes(after))).toThrow(
      "out.xml: a symbolic link to a file that does not exist",
    );
    nodeFs.writeFileSync(join(cwd, "real.xml"), before);
    writeNew("out.xml", join(cwd, "out.xml"), bytes(after));
    expect(read(join(cwd, "real.xml"))).toBe(after);
  });

  test.for([
    ["EACCES", "no permission to write it, or in its folder"],
    ["EROFS", "the file system is read-only"],
    ["ENOSPC", "no space left on the disk"],
    ["EXDEV", "its folder spans two file systems"],
    ["EOTHER", "EOTHER"],
  ] as const)("says what %s means", ([code, reason]) => {
    const path = join(folder(), "out.xml");
    expect(() => writeNew("out.xml", path, bytes(after), failing(1, code).fs)).toThrow(
      new InputError(`out.xml: cannot be written: ${reason}; it is as it was`),
    );
    expect(nodeFs.existsSync(path)).toBe(false);
  });

  test("says so of a folder that does not exist, and of one in the way", () => {
    const cwd = folder();
    expect(() => writeNew("out.xml", join(cwd, "no", "out.xml"), bytes(after))).toThrow("its folder does not exist");
    expect(() => writeNew("out.xml", cwd, bytes(after))).toThrow("a folder of that name is in the way");
  });

  test.skipIf(!nodeFs.existsSync("/dev/full"))("writes into devices", () => {
    expect(() => writeNew("/dev/full", "/dev/full", bytes(after))).toThrow(
      "/dev/full: cannot be written: no space left on the disk",
    );
    writeNew("/dev/null", "/dev/null", bytes(after));
    expect(nodeFs.statSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});
