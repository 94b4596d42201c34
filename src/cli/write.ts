import { randomBytes } from "node:crypto";
import * as nodeFs from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "./io.ts";

/** What writing needs of `node:fs`; tests break it. */
export type FileSystem = Pick<
  typeof nodeFs,
  | "accessSync"
  | "closeSync"
  | "fchmodSync"
  | "fchownSync"
  | "fsyncSync"
  | "lstatSync"
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
    const { uid, gid } = fs.statSync(target);
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
      for (const content of [after, before]) staged.push(writeTemporary(dirname(target), content, fs, { uid, gid }));
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
          syncFolder(dirname(target), fs);
        }),
    };
  });
}

/** Writes a new file, or replaces one, in one step; what is no regular file, as /dev/null, is written into. */
export function writeNew(name: string, path: string, content: Uint8Array, fs: FileSystem = nodeFs): void {
  explained(name, () => {
    const existing = fs.statSync(path, { throwIfNoEntry: false });
    if (existing && !existing.isFile()) {
      if (existing.isDirectory()) throw new InputError(`${name}: cannot be written: ${reasons["EISDIR"]}`);
      fs.writeFileSync(path, content);
      return;
    }
    if (!existing && fs.lstatSync(path, { throwIfNoEntry: false })) {
      throw new InputError(`${name}: a symbolic link to a file that does not exist`);
    }
    const target = existing ? fs.realpathSync(path) : path;
    if (existing) fs.accessSync(target, nodeFs.constants.W_OK);
    tidy(dirname(target), fs);
    const temporary = writeTemporary(dirname(target), content, fs);
    try {
      fs.renameSync(temporary, target);
    } catch (error) {
      remove(temporary, fs);
      throw error;
    }
    syncFolder(dirname(target), fs);
  });
}

/** Content in a file of its own beside the target, safe on the disk, for nobody else to read. */
function writeTemporary(
  folder: string,
  content: Uint8Array,
  fs: FileSystem,
  owner?: { readonly uid: number; readonly gid: number },
): string {
  const path = join(folder, `.pfha-lint-${process.pid}-${randomBytes(6).toString("hex")}.tmp`);
  const file = fs.openSync(path, "wx", 0o600);
  try {
    try {
      fs.fchmodSync(file, 0o600);
      if (owner) keepOwner(file, owner, fs);
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
function syncFolder(folder: string, fs: FileSystem): void {
  try {
    const file = fs.openSync(folder, "r");
    try {
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
  } catch {
    // Not every system opens folders. The file is complete either way.
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "no space left on the disk",
  EDQUOT: "the disk quota is used up",
  EFBIG: "it is larger than files may be here",
  EACCES: "no permission to write it, or in its folder",
  EPERM: "no permission to write it, or in its folder",
  EROFS: "the file system is read-only",
  EXDEV: "its folder spans two file systems",
  ENOENT: "its folder does not exist",
  ENOTDIR: "a part of its path is no folder",
  EISDIR: "a folder of that name is in the way",
  ENOTEMPTY: "a folder of that name is in the way",
  EIO: "the disk failed",
  EBUSY: "it is in use",
  ETXTBSY: "it is in use",
  ELOOP: "its symbolic links go round in circles",
  ENAMETOOLONG: "its name is too long",
  EMFILE: "too many files are open",
};

function explained<T>(name: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new InputError(`${name}: cannot be written: ${reasons[code] ?? code}; it is as it was`, { cause: error });
  }
}
