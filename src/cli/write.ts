import { randomBytes } from "node:crypto";
import * as nodeFs from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "./io.ts";

// The one door to the disk: nothing else in this program writes, and nothing is written in place.

/** What writing needs of `node:fs`; tests break it. */
export type FileSystem = Pick<
  typeof nodeFs,
  | "accessSync"
  | "closeSync"
  | "fchmodSync"
  | "fchownSync"
  | "fsyncSync"
  | "lstatSync"
  | "mkdirSync"
  | "openSync"
  | "readdirSync"
  | "readFileSync"
  | "realpathSync"
  | "renameSync"
  | "statSync"
  | "unlinkSync"
  | "writeFileSync"
>;

/** A file about to be written: everything is on the disk already, but under another name. */
export interface Prepared {
  /** Puts it in its place, in one step. */
  commit(): void;
  /** Takes back what was prepared. */
  discard(): void;
}

/**
 * Prepares the replacement of a configuration: the new content, and the old one as `FILE.orig`. Symbolic links are
 * followed. A kill at any moment leaves the old file or the new one.
 * @param name the path as the user gave it, for messages
 * @throws InputError if it cannot be done, or if the file is no longer what it was
 */
export function prepareReplacement(
  name: string,
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  fs: FileSystem = nodeFs,
): Prepared {
  return explained(name, () => {
    const target = fs.realpathSync(path);
    if (!fs.statSync(target).isFile()) throw new InputError(`${name}: not a regular file; write with -o FILE instead`);
    fs.accessSync(target, nodeFs.constants.W_OK);
    const owner = fs.statSync(target);
    const unchanged = (): void => {
      if (Buffer.compare(fs.readFileSync(target), before) !== 0) {
        throw new InputError(`${name}: changed while it was being checked; nothing was written, run again`);
      }
    };
    unchanged();
    tidy(dirname(target), fs);
    const staged: string[] = [];
    const discard = (): void => {
      for (const temporary of staged) remove(temporary, fs);
    };
    try {
      for (const content of [after, before]) {
        staged.push(writeTemporary(dirname(target), content, fs, { mode: 0o600, owner }));
      }
    } catch (error) {
      discard();
      throw error;
    }
    const [fresh = "", old = ""] = staged;
    return {
      discard,
      commit: () =>
        explained(name, () => {
          try {
            unchanged();
            fs.renameSync(old, `${target}.orig`);
            fs.renameSync(fresh, target);
          } catch (error) {
            discard();
            throw error;
          }
          syncFolder(name, dirname(target), fs);
        }),
    };
  });
}

/** How a file is written. */
export interface Manner {
  /** For nobody else to read. Otherwise as the file that it replaces, or as the system has new ones. */
  readonly secret?: boolean;
  /** Makes the folders that are missing. */
  readonly folders?: boolean;
  /** A file of that name stays as it is, and is an error. */
  readonly fresh?: boolean;
  /** What a file held when it was read: one that has changed since stays as it is, and is an error. */
  readonly before?: Uint8Array;
}

/**
 * Writes a new file, or replaces one, in one step. What is no regular file, as /dev/null, is written into, and so is what
 * a shell opened for this process: only the shell's own file holds what others write there.
 * @param name the path as the user gave it, for messages
 * @throws InputError if it cannot be done
 */
export function writeFile(
  name: string,
  path: string,
  content: Uint8Array,
  manner: Manner = {},
  fs: FileSystem = nodeFs,
): void {
  explained(name, () => {
    const existing = fs.statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory()) throw failure(name, "EISDIR");
    if (existing && (!existing.isFile() || opened.test(path))) {
      fs.writeFileSync(path, content, { flag: "a" });
      return;
    }
    if (!existing && fs.lstatSync(path, { throwIfNoEntry: false })) {
      throw new InputError(`${name}: a symbolic link to a file that does not exist`);
    }
    const target = existing ? fs.realpathSync(path) : path;
    const folder = dirname(target);
    if (existing) fs.accessSync(target, nodeFs.constants.W_OK);
    if (manner.folders) fs.mkdirSync(folder, { recursive: true });
    tidy(folder, fs);
    const temporary = writeTemporary(folder, content, fs, accessOf(manner, existing));
    try {
      if (manner.before && Buffer.compare(fs.readFileSync(target), manner.before) !== 0) {
        throw new InputError(`${name}: changed in the meantime; nothing was written, run again`);
      }
      // A link would leave no gap here, but a name too many where it cannot be taken away again.
      if (manner.fresh && fs.lstatSync(target, { throwIfNoEntry: false })) throw failure(name, "EEXIST");
      fs.renameSync(temporary, target);
    } catch (error) {
      remove(temporary, fs);
      throw error;
    }
    syncFolder(name, folder, fs);
  });
}

/** Files that are open already, by whatever name. */
const opened = /^\/(?:dev\/(?:fd\/|stdout$|stderr$)|proc\/)/;

/** Who may read a file, and whose it is; undefined: as the system has new files. */
interface Access {
  readonly mode: number | undefined;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

const accessOf = ({ secret }: Manner, existing: nodeFs.Stats | undefined): Access => ({
  mode: secret ? 0o600 : existing && existing.mode & 0o777,
  owner: secret ? undefined : existing,
});

/** Content in a file of its own beside the target, safe on the disk. */
function writeTemporary(folder: string, content: Uint8Array, fs: FileSystem, { mode, owner }: Access): string {
  const path = join(folder, `.pfha-lint-${process.pid}-${randomBytes(6).toString("hex")}.tmp`);
  const file = fs.openSync(path, "wx", mode === undefined ? 0o666 : 0o600);
  try {
    try {
      if (owner) keepOwner(file, owner, fs);
      if (mode !== undefined) fs.fchmodSync(file, mode);
      fs.writeFileSync(file, content);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    remove(path, fs);
    throw error;
  }
  return path;
}

/** Root may edit another user's file, which must stay that user's; anybody else owns what they write. */
function keepOwner(file: number, { uid, gid }: { readonly uid: number; readonly gid: number }, fs: FileSystem): void {
  try {
    fs.fchownSync(file, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
  }
}

/** Takes away what runs that were killed left in a folder: it holds secrets. Those that still run are let be. */
function tidy(folder: string, fs: FileSystem): void {
  try {
    for (const name of fs.readdirSync(folder)) {
      const pid = /^\.pfha-lint-(\d+)-[0-9a-f]{12}\.tmp$/.exec(name)?.[1];
      if (pid !== undefined && !isRunning(Number(pid))) remove(join(folder, name), fs);
    }
  } catch {
    // A folder that cannot be listed is not tidied.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function remove(path: string, fs: FileSystem): void {
  try {
    fs.unlinkSync(path);
  } catch {
    // It is gone already: renamed, or never made.
  }
}

/** Makes a rename last through a power cut, where the system can. */
function syncFolder(name: string, folder: string, fs: FileSystem): void {
  try {
    const file = fs.openSync(folder, "r");
    try {
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    // Not every system opens folders. But a disk that fails now may lose what it took.
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["EIO", "ENOSPC", "EDQUOT", "EROFS"].includes(code)) {
      const [reason, help] = reasons[code] ?? [code];
      throw new InputError(`${name}: written, but it may not last: ${reason}\n  help: ${help}`, { cause: error });
    }
  }
}

const elsewhere = "work in a folder where you may write: a file is replaced by a new one beside it";
const room = "make room, and run again";

/** What errors of the system mean, and what to do about them. */
const reasons: Readonly<Record<string, readonly [reason: string, help: string]>> = {
  ENOSPC: ["no space left on the disk", room],
  EDQUOT: ["the disk quota is used up", room],
  EFBIG: ["it is larger than files may be here", "write to another disk"],
  EACCES: ["no permission to write it, or in its folder", elsewhere],
  EPERM: ["no permission to write it, or in its folder", elsewhere],
  EROFS: ["the file system is read-only", elsewhere],
  EXDEV: ["its folder spans two file systems", "write to another folder"],
  EEXIST: ["a file of that name is there already", "move it away, and run again"],
  ENOENT: ["its folder does not exist", "make the folder, and run again"],
  ENOTDIR: ["a part of its path is no folder", "name another file"],
  EISDIR: ["a folder of that name is in the way", "name a file in it"],
  ENOTEMPTY: ["a folder of that name is in the way", "name a file in it"],
  EIO: ["the disk failed", "look into the log of the system, and write to another disk"],
  EBUSY: ["it is in use, or mounted by itself", "close what uses it, or mount its folder instead"],
  ETXTBSY: ["it is in use, or mounted by itself", "close what uses it, or mount its folder instead"],
  ELOOP: ["its symbolic links go round in circles", "name the file itself"],
  ENAMETOOLONG: ["its name is too long", "choose a shorter name"],
  EMFILE: ["too many files are open", "raise the limit (ulimit -n), and run again"],
};

/** What an error of the system means. */
export const reasonFor = (code: string): string => reasons[code]?.[0] ?? code;

function failure(name: string, code: string, cause?: unknown): InputError {
  const [reason, help] = reasons[code] ?? [code, "write to another folder"];
  return new InputError(`${name}: cannot be written: ${reason}; it is as it was\n  help: ${help}`, { cause });
}

function explained<T>(name: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!/^E[A-Z0-9]+$/.test(code)) throw error;
    throw failure(name, code, error);
  }
}
