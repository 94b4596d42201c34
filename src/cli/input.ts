import { readFileSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type Cluster, clusterOf } from "../cluster/cluster.ts";
import { type Config, parseConfig } from "../model/config.ts";
import type { ReadOptions } from "../model/read.ts";
import { type Decoded, decode } from "../parser/decode.ts";
import { printable } from "../report/printable.ts";
import { InputError, type Io, UsageError } from "./io.ts";
import type { Arguments } from "./options.ts";

/** Larger files are refused: no firewall writes them, and a text of that size cannot be held in one string. */
const maxBytes = 512 * 1024 * 1024;

/** The content of one input; `-` is standard input. */
export async function readBytes(path: string, io: Io): Promise<Uint8Array> {
  if (path === "-") {
    const bytes = await io.readStdin(maxBytes);
    if (bytes.length > maxBytes) {
      throw new InputError(`standard input: more than the ${maxBytes} bytes that can be read`);
    }
    return bytes;
  }
  return readFile(path, io.cwd);
}

/**
 * The content of a file.
 * @throws InputError if it cannot be read
 */
export function readFile(path: string, cwd: string): Buffer {
  if (path === "") throw new UsageError("expected the name of a file, found an empty one");
  return readable(path, () => {
    const absolute = resolve(cwd, path);
    const stat = statSync(absolute);
    const { size } = stat;
    // A device may have no end, and a pipe no writer; only one that a shell made for this process is read.
    if (!stat.isFile() && !stat.isDirectory() && !(stat.isFIFO() && /^\/(?:dev|proc\/self)\/fd\//.test(absolute))) {
      throw new InputError(`${path}: cannot be read: no regular file; use - for standard input`);
    }
    if (size > maxBytes) throw new InputError(`${path}: ${size} bytes, more than the ${maxBytes} that can be read`);
    return readFileSync(absolute);
  });
}

/** What looking into a file or folder gives; what the system says against it, in words. */
export function readable<T>(path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw inputError(path, error);
  }
}

/** Reads and decodes one input. */
export const readInput = async (path: string, io: Io): Promise<Decoded> =>
  decode(path === "-" ? "<stdin>" : path, await readBytes(path, io));

/** Reads one configuration. It may be broken: what is wrong with it is in its faults. */
export async function readConfigFile(path: string, io: Io, options?: ReadOptions): Promise<Config> {
  return parseConfig(await readInput(path, io), options);
}

/** Reads both files of a pair. The same file twice is no pair. */
export async function readPair(first: string, second: string, io: Io): Promise<readonly [Config, Config]> {
  if (first === "-" && second === "-") throw new UsageError("only one of the two files can be standard input");
  const one = await readConfigFile(first, io);
  const pair = [one, await readConfigFile(second, io, { twin: one.document })] as const;
  const real = (path: string): string => readable(path, () => realpathSync(resolve(io.cwd, path)));
  if (first !== "-" && second !== "-" && real(first) === real(second)) {
    throw new InputError(`${second}: the same file as ${first}; a pair is two exports, one of each node`);
  }
  if (pair[0].source.text === pair[1].source.text && pair[0].source.text.trim() !== "") {
    throw new InputError(`${second}: the same content as ${first}; export the configuration of the other node`);
  }
  return pair;
}

/** Reads the two files of the arguments `first` and `second` as a pair, with the roles that `--primary` says. */
export async function readCluster(args: Arguments, io: Io): Promise<Cluster> {
  const [first, second] = await readPair(String(args["first"]), String(args["second"]), io);
  return clusterOf(first, second, chosenPrimary(args["primary"], first, second));
}

function chosenPrimary(wanted: unknown, first: Config, second: Config): Config | undefined {
  if (wanted === undefined) return undefined;
  const chosen = [first, second].find(
    ({ source }) => source.path === wanted || (wanted === "-" && source.path === "<stdin>"),
  );
  if (chosen) return chosen;
  throw new UsageError(
    `--primary ${wanted}: expected one of the two files, ${first.source.path} or ${second.source.path}`,
  );
}

/** For commands that say what pfSense would do with a file: one that it would refuse is no input. */
export function requireLoadable(config: Config): void {
  const refusal = config.faults.find((fault) => fault.refused && !fault.packages);
  if (!refusal) return;
  const { source, start } = refusal.at;
  const { line, column } = source.position(start);
  throw new InputError(`${source.path}:${line}:${column}: ${printable(refusal.message)}\n  help: ${refusal.help}`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  EISDIR: "a directory, not a file; name a file in it",
  ENOTDIR: "a part of its path is no directory",
  ELOOP: "its symbolic links go round in circles",
  ENAMETOOLONG: "its name is too long",
  ERR_INVALID_ARG_VALUE: "its name holds a NUL",
  EIO: "the disk failed",
  EMFILE: "too many files are open",
};

/** @throws what is none of the system's errors, but ours */
function inputError(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  const { code = "" } = error as NodeJS.ErrnoException;
  if (!reasons[code] && !/^E[A-Z0-9]+$/.test(code)) throw error;
  return new InputError(`${path}: cannot be read: ${reasons[code] ?? code}`, { cause: error });
}
