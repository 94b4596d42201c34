import { spawnSync } from "node:child_process";
import * as nodeFs from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { InputError } from "../../src/cli/io.ts";
import { type FileSystem, type Manner, prepareReplacement, writeFile } from "../../src/cli/write.ts";
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
  "mkdirSync",
  "renameSync",
  "unlinkSync",
];

/** What a disk may answer, and what is said of it. */
const answers = [
  ["ENOSPC", "no space left on the disk", "make room, and run again"],
  ["EDQUOT", "the disk quota is used up", "make room, and run again"],
  ["EACCES", "no permission to write it, or in its folder", "work in a folder where you may write"],
  ["EROFS", "the file system is read-only", "work in a folder where you may write"],
  ["EXDEV", "its folder spans two file systems", "write to another folder"],
  ["EIO", "the disk failed", "look into the log of the system"],
] as const;

const temporaries = (cwd: string): readonly string[] =>
  nodeFs.readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tmp"));

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

  test.for(answers)(
    "a disk that answers %s, at whatever change, leaves whole files, and it is said",
    ([code, reason, help]) => {
      let [kept, done] = [0, 0];
      for (const at of every) {
        const cwd = folder();
        const path = target(cwd);
        const message = messageOf(() => replace(path, failing(at, code).fs));
        expect(temporaries(cwd)).toEqual([]);
        if (read(path) === before) {
          kept++;
          expect(message).toMatch(`pf2.xml: cannot be written: ${reason}; it is as it was\n  help: ${help}`);
          continue;
        }
        done++;
        expect([read(path), read(`${path}.orig`)]).toEqual([after, before]);
        // Whose file it is may be up to others, and not every system opens folders; but what a disk loses is told.
        if (message !== "")
          expect(message).toMatch(`pf2.xml: written, but it may not last: ${reason}\n  help: ${help}`);
      }
      expect(kept).toBeGreaterThan(12);
      expect(done).toBe(3);
    },
  );

  test("what may not last is told, and nothing else that comes behind the last rename", () => {
    const last = [total - 2, total - 1, total];
    const messages = (code: string): string[] =>
      last.map((at) => messageOf(() => replace(target(folder()), failing(at, code).fs)));
    expect(messages("EACCES")).toEqual(["", "", ""]);
    for (const message of messages("EIO")) expect(message).toContain("written, but it may not last");
  });
});

/** What a call says that fails as it should; nothing if it succeeds. */
function messageOf(call: () => void): string {
  try {
    call();
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
}

describe("writing a new file", () => {
  test("that holds secrets lets nobody else read it, new or replaced", () => {
    const cwd = folder();
    const path = join(cwd, "out.xml");
    writeFile("out.xml", path, bytes(after), { secret: true });
    expect(read(path)).toBe(after);
    nodeFs.chmodSync(path, 0o644);
    writeFile("out.xml", path, bytes(before), { secret: true });
    expect(read(path)).toBe(before);
    expect(nodeFs.statSync(path).mode & 0o777).toBe(0o600);
    expect(nodeFs.readdirSync(cwd)).toEqual(["out.xml"]);
  });

  test("goes through a symbolic link, but not through one to nothing", () => {
    const cwd = folder();
    nodeFs.symlinkSync("real.xml", join(cwd, "out.xml"));
    expect(() => writeFile("out.xml", join(cwd, "out.xml"), bytes(after))).toThrow(
      "out.xml: a symbolic link to a file that does not exist",
    );
    nodeFs.writeFileSync(join(cwd, "real.xml"), before);
    writeFile("out.xml", join(cwd, "out.xml"), bytes(after));
    expect(read(join(cwd, "real.xml"))).toBe(after);
  });

  test("that holds none has the rights of the one it replaces, or those of any new file", () => {
    const path = join(folder(), "out.json");
    const umask = process.umask(0o027);
    onTestFinished(() => void process.umask(umask));
    writeFile("out.json", path, bytes(before));
    expect(nodeFs.statSync(path).mode & 0o777).toBe(0o640);
    nodeFs.chmodSync(path, 0o666);
    writeFile("out.json", path, bytes(after));
    expect([read(path), nodeFs.statSync(path).mode & 0o777]).toEqual([after, 0o666]);
  });

  test("makes the folders that are missing only if asked", () => {
    const path = join(folder(), "a", "b", "out.json");
    expect(messageOf(() => writeFile("out.json", path, bytes(after)))).toContain("its folder does not exist");
    writeFile("out.json", path, bytes(after), { folders: true });
    expect(read(path)).toBe(after);
  });

  test("never takes the place of another, if it must be new", () => {
    const cwd = folder();
    const path = join(cwd, "out.yaml");
    writeFile("out.yaml", path, bytes(before), { fresh: true });
    expect(messageOf(() => writeFile("out.yaml", path, bytes(after), { fresh: true }))).toBe(
      "out.yaml: cannot be written: a file of that name is there already; it is as it was\n  help: move it away, and run again",
    );
    expect([read(path), nodeFs.readdirSync(cwd)]).toEqual([before, ["out.yaml"]]);
  });

  test("leaves one alone that changed since it was read", () => {
    const cwd = folder();
    const path = join(cwd, "pfha-lint.yaml");
    nodeFs.writeFileSync(path, "somebody else's");
    expect(messageOf(() => writeFile("x", path, bytes(after), { before: bytes(before) }))).toBe(
      "x: changed in the meantime; nothing was written, run again",
    );
    expect([read(path), nodeFs.readdirSync(cwd)]).toEqual(["somebody else's", ["pfha-lint.yaml"]]);
  });

  const manners: readonly Manner[] = [{ secret: true }, { folders: true }, { fresh: true }, { before: bytes(before) }];
  test.for(manners.flatMap((manner) => answers.map(([code, reason]) => [manner, code, reason] as const)))(
    "%j on a disk that answers %s leaves the old file or the new one, whole",
    ([manner, code, reason]) => {
      const outcomes = new Set<string>();
      for (let at = 1; ; at++) {
        const cwd = folder();
        const path = manner.fresh ? join(cwd, "pf2.xml") : target(cwd);
        const { fs, calls } = failing(at, code);
        const message = messageOf(() => writeFile("pf2.xml", path, bytes(after), manner, fs));
        if (calls() < at) break;
        expect(temporaries(cwd)).toEqual([]);
        const content = nodeFs.existsSync(path) ? read(path) : undefined;
        outcomes.add(content === after ? "new" : "old");
        if (content === after) expect(message).toMatch(/^$|: written, but it may not last: /);
        else {
          expect(content).toBe(manner.fresh ? undefined : before);
          expect(message).toContain(`pf2.xml: cannot be written: ${reason}; it is as it was\n  help: `);
        }
      }
      expect([...outcomes].sort()).toEqual(["new", "old"]);
    },
  );

  test.for(["EPERM", "EOTHER"])("%s is no crash", (code) => {
    const path = join(folder(), "out.xml");
    const message = messageOf(() => writeFile("out.xml", path, bytes(after), {}, failing(1, code).fs));
    expect(message).toMatch(
      /^out\.xml: cannot be written: (?:no permission to write it, or in its folder|EOTHER); it is/,
    );
    expect(nodeFs.existsSync(path)).toBe(false);
  });

  test("says so of a folder that does not exist, and of one in the way", () => {
    const cwd = folder();
    expect(() => writeFile("out.xml", join(cwd, "no", "out.xml"), bytes(after))).toThrow("its folder does not exist");
    expect(() => writeFile("out.xml", cwd, bytes(after))).toThrow("a folder of that name is in the way");
  });

  test.skipIf(!nodeFs.existsSync("/dev/full"))("writes into devices", () => {
    expect(() => writeFile("/dev/full", "/dev/full", bytes(after))).toThrow(
      "/dev/full: cannot be written: no space left on the disk",
    );
    writeFile("/dev/null", "/dev/null", bytes(after));
    expect(nodeFs.statSync("/dev/null").isCharacterDevice()).toBe(true);
    const path = join(folder(), "log");
    nodeFs.writeFileSync(path, "log: ");
    const file = nodeFs.openSync(path, "r+");
    writeFile("x", `/dev/fd/${file}`, bytes(after));
    nodeFs.closeSync(file);
    expect(read(path)).toBe(`log: ${after}`);
  });
});
