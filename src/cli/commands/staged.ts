import { execFileSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { type ConfigFile, loadConfigFile } from "../config-file.ts";
import { findConfig } from "../find-config.ts";
import { exitCodes, InputError, type Io } from "../io.ts";
import { clusterJob, inputsOf, settingsFrom, workFrom } from "../jobs.ts";
import { lintAll, type Outcome, tell } from "../lint-all.ts";
import type { Arguments } from "../options.ts";
import { withProgress } from "../progress.ts";
import { checkTargets, formatTargets, wantsPictures, writeReports } from "../reports.ts";

/**
 * Lints the clusters that a commit touches: those with a file among the arguments or in git's index, deleted and renamed
 * ones included. A touched configuration file touches all of its clusters.
 */
export async function staged(args: Arguments, io: Io): Promise<number> {
  const targets = formatTargets(args);
  const named = (args["files"] as readonly string[] | undefined) ?? [];
  const touched = new Set([...named, ...changedFiles(io)].map((file) => resolve(io.cwd, file)));
  // `pre-commit run --all-files` without file names, in a clean work tree: nothing in particular is meant.
  const all = touched.size === 0;
  const configs = all
    ? configsAt([io.cwd], io)
    : configsAt(
        [...touched].map((file) => dirname(file)),
        io,
      );
  const outcomes: Outcome[] = [];
  for (const config of configs) outcomes.push(await lintTouched(config, all ? undefined : touched, args, io));
  if (configs.length === 0) io.stderr.write("pfha-lint: no configuration file lists clusters here; nothing to lint\n");
  const [first] = outcomes;
  if (!first) return exitCodes.ok;
  const exitCode = Math.max(...outcomes.map(({ run }) => run.exitCode));
  const reports = outcomes.flatMap(({ run }) => run.reports);
  const pictures = new Map(outcomes.flatMap((outcome) => [...outcome.pictures]));
  if (reports.length > 0) await writeReports({ run: { ...first.run, exitCode, reports }, pictures }, targets, args, io);
  for (const outcome of outcomes) tell(outcome, io);
  return exitCode;
}

async function lintTouched(
  config: ConfigFile,
  touched: ReadonlySet<string> | undefined,
  args: Arguments,
  io: Io,
): Promise<Outcome> {
  const settings = settingsFrom(args, config, io);
  const isTouched = ({ primary, secondary }: ConfigFile["clusters"][number]): boolean =>
    !touched || touched.has(config.path) || touched.has(primary) || touched.has(secondary);
  const clusters = config.clusters.filter(isTouched);
  const jobs = clusters.map((cluster) => clusterJob(cluster, config, settings, io));
  const work = { ...(await workFrom({ ...args, config: config.path }, io)), jobs };
  await checkTargets(formatTargets(args), inputsOf(work), io);
  const options = { keepGoing: true, pictures: wantsPictures(formatTargets(args)) };
  return withProgress(args, io, (onDone) => lintAll(work, io, { ...options, onDone }));
}

/** The configuration files at or above some folders, each once. */
function configsAt(folders: readonly string[], io: Io): readonly ConfigFile[] {
  const paths = new Set([...new Set(folders)].map((folder) => findConfig(folder)).filter((path) => path !== undefined));
  return [...paths]
    .sort()
    .map((path) => loadConfigFile(path, io.cwd))
    .filter(({ clusters }) => clusters.length > 0);
}

/** What git says a commit (or, in CI, a range of commits) changes. Empty outside a repository. */
function changedFiles({ cwd, env }: Io): readonly string[] {
  const [from, to] = [env["PRE_COMMIT_FROM_REF"], env["PRE_COMMIT_TO_REF"]];
  const range = from && to ? [`${from}...${to}`] : ["--cached"];
  try {
    const git = ["diff", "--name-only", "--no-renames", "-z", ...range];
    const output = execFileSync("git", git, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    const top = execFileSync("git", ["rev-parse", "--show-toplevel"], { cwd, encoding: "utf8" }).trim();
    return output
      .split("\0")
      .filter((name) => name !== "")
      .map((name) => resolve(top, name));
  } catch (error) {
    const { status, code } = error as { status?: number; code?: string };
    // 128, 129: not a repository, or no git at all; the arguments then say what is touched.
    if (status === 128 || status === 129 || code === "ENOENT") return [];
    throw new InputError(`git cannot say what the commit changes: ${code ?? status}`, { cause: error });
  }
}
