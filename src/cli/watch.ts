import { statSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { count, printable } from "../report/printable.ts";
import { configNames, findConfig } from "./find-config.ts";
import { exitCodes, InputError, type Io, UsageError } from "./io.ts";
import { inputsOf, type Work, workFrom } from "./jobs.ts";
import { lintAll, tell } from "./lint-all.ts";
import type { Arguments } from "./options.ts";
import { proxmoxFiles } from "./proxmox.ts";
import { checkTargets, type FormatTarget, wantsPictures, writeReports } from "./reports.ts";

/** How often the files are looked at, and how long they must lie still before they are read, in ms. */
const interval = 200;

/**
 * Lints again whenever a file changes, until the process is ended. Files are looked at, not subscribed to: that also
 * notices files that are replaced, deleted, or on a share. Each run is framed by lines that editors know.
 */
export async function watch(args: Arguments, targets: readonly FormatTarget[], io: Io): Promise<number> {
  const streamed = targets.find(({ file }) => file === undefined)?.name ?? "text";
  if (!["text", "compact"].includes(streamed)) {
    throw new UsageError(`--watch prints text or compact; give ${streamed} a file, as in --format ${streamed}=FILE`);
  }
  if ([args["first"], args["second"]].includes("-")) throw new UsageError("--watch cannot watch standard input");
  const what = args["first"] === undefined ? "every cluster" : pairOf(args, io).map(printable).join(" and ");
  let files = pairOf(args, io);
  while (!io.signal?.aborted) {
    const before = stateOf(files, io.cwd);
    io.stdout.write(`pfha-lint: checking ${what}\n`);
    const { work, found } = await round(args, targets, io);
    io.stdout.write(`pfha-lint: done, ${count(found, "diagnostic")}\n`);
    const known = files;
    files = filesOf(work, args, io);
    await change(files, files.join("\n") === known.join("\n") ? before : stateOf(files, io.cwd), io);
  }
  return exitCodes.ok;
}

/** One run. What is wrong with files or the configuration is said, and may be mended while we watch. */
async function round(
  args: Arguments,
  targets: readonly FormatTarget[],
  io: Io,
): Promise<{ work: Work | undefined; found: number }> {
  let work: Work | undefined;
  try {
    work = await workFrom(args, io);
    await checkTargets(targets, inputsOf(work), io);
    const outcome = await lintAll(work, io, { keepGoing: true, pictures: wantsPictures(targets) });
    await writeReports(outcome, targets, args, io);
    tell(outcome, io);
    return { work, found: outcome.run.reports.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0) };
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof InputError)) throw error;
    io.stderr.write(`pfha-lint: ${error.message.split("\n").map(printable).join("\n")}\n`);
    return { work, found: 0 };
  }
}

const pairOf = ({ first, second }: Arguments, io: Io): readonly string[] =>
  first === undefined ? configOf({}, io) : [String(first), String(second)];

/** Everything that the outcome depends on; also a configuration file that is not there yet. */
function filesOf(work: Work | undefined, args: Arguments, io: Io): readonly string[] {
  const pairs = work ? work.jobs.flatMap(({ first, second }) => [first, second]) : pairOf(args, io);
  const wires = (work?.jobs ?? []).flatMap(({ proxmox }) => proxmox?.files ?? []);
  return [...new Set([...pairs, ...wires.flatMap((path) => wiresIn(path, io)), ...configOf(args, io)])];
}

/** The hypervisor's files that are there now, and the folder, in which more may appear. */
function wiresIn(path: string, io: Io): readonly string[] {
  try {
    return [path, ...proxmoxFiles(path, io)];
  } catch {
    return [path];
  }
}

function configOf(args: Arguments, { cwd }: Io): readonly string[] {
  if (args["no-config"] === true) return [];
  if (args["config"] !== undefined) return [String(args["config"])];
  try {
    const found = findConfig(cwd);
    return found === undefined ? configNames : [found];
  } catch {
    return configNames;
  }
}

function stateOf(files: readonly string[], cwd: string): string {
  return files
    .map((file) => {
      try {
        const { mtimeMs, size, ino } = statSync(resolve(cwd, file));
        return `${mtimeMs} ${size} ${ino}`;
      } catch {
        return "none";
      }
    })
    .join("\n");
}

/** Resolves once something differs from a state and has stopped changing: a file may be half written. */
async function change(files: readonly string[], state: string, io: Io): Promise<void> {
  let last = state;
  for (;;) {
    try {
      await sleep(interval, undefined, io.signal ? { signal: io.signal } : {});
    } catch {
      return;
    }
    const now = stateOf(files, io.cwd);
    if (now !== state && now === last) return;
    last = now;
  }
}
