import { atLeast, type Report, type Run } from "../diagnostic.ts";
import type { Picture } from "../picture.ts";
import { printable } from "../report/printable.ts";
import { exitCodes, InputError, type Io } from "./io.ts";
import type { Work } from "./jobs.ts";
import { type Settled, settle } from "./lint-job.ts";
import { version } from "./version.ts";

/** The outcome of all jobs. */
export interface Outcome {
  readonly run: Run;
  /** Of jobs whose files could not be read; the others went on. */
  readonly errors: readonly InputError[];
  /** Of reports whose pair was to be drawn. */
  readonly pictures: ReadonlyMap<Report, Picture>;
  /** Milliseconds, all pairs together. */
  readonly spent: { readonly reading: number; readonly linting: number };
}

/** How the work is done. */
export interface LintOptions {
  /** Whether a pair that cannot be read stops the others; by default it does not, but it stops itself. */
  readonly keepGoing?: boolean;
  /** Also prepare what HTML draws. */
  readonly pictures?: boolean;
  /** Called after each pair, in whatever order they are done. */
  readonly onDone?: ((done: number, total: number) => void) | undefined;
}

/**
 * Lints every pair of the work. The outcome does not depend on the number of threads.
 * @throws InputError if a pair cannot be read and the others are not to go on
 */
export async function lintAll(work: Work, io: Io, options: LintOptions = {}): Promise<Outcome> {
  const keepGoing = options.keepGoing ?? work.jobs.length > 1;
  const reports: Report[] = [];
  const errors: InputError[] = [];
  const pictures = new Map<Report, Picture>();
  const spent = { reading: 0, linting: 0 };
  const isFatal = (error: unknown): boolean => !(error instanceof InputError && keepGoing);
  for (const [index, outcome] of (await settleAll(work, io, options, isFatal)).entries()) {
    if ("error" in outcome) {
      const { error } = outcome;
      if (isFatal(error)) throw error;
      const name = work.jobs[index]?.name;
      errors.push(
        new InputError(`${name === undefined ? "" : `${name}: `}${(error as Error).message}`, { cause: error }),
      );
      continue;
    }
    const { report, picture, spent: here } = outcome.linted;
    reports.push(report);
    if (picture) pictures.set(report, picture);
    spent.reading += here.reading;
    spent.linting += here.linting;
  }
  return { run: runOf(reports, work, errors), errors, pictures, spent };
}

/** In the order of the jobs, up to the first whose error is fatal. */
async function settleAll(
  work: Work,
  io: Io,
  { pictures = false, onDone }: LintOptions,
  isFatal: (error: unknown) => boolean,
): Promise<readonly Settled[]> {
  const { jobs, rules, threads } = work;
  if (jobs.length > 1) {
    const { settleInThreads, threadsFor } = await import("./threads.ts");
    const count = threadsFor(jobs, threads, io);
    if (count > 1) return settleInThreads(work, io, { pictures, count, onDone, isFatal });
  }
  const settled: Settled[] = [];
  for (const job of jobs) {
    const outcome = await settle(job, rules, io, pictures);
    settled.push(outcome);
    if ("error" in outcome && isFatal(outcome.error)) break;
    onDone?.(settled.length, jobs.length);
  }
  return settled;
}

/** Says on standard error what was left out, and what could not be read. */
export function tell({ run, errors }: Pick<Outcome, "run" | "errors">, io: Io): void {
  const notes = run.reports.flatMap((report) => report.notes.map((note) => `note: ${note}`));
  for (const line of [...notes, ...errors.map(({ message }) => message)]) {
    io.stderr.write(`pfha-lint: ${printable(line)}\n`);
  }
}

const runOf = (reports: readonly Report[], work: Work, errors: readonly InputError[]): Run => ({
  toolVersion: version,
  exitCode: errors.length > 0 ? exitCodes.input : exitCodeOf(reports, work),
  failOn: work.failOn,
  reports,
});

/** 3 if a file does not load, 1 if something reaches the threshold, else 0. */
function exitCodeOf(reports: readonly Report[], { failOn, maxWarnings }: Work): number {
  if (reports.some(({ readable }) => !readable)) return exitCodes.input;
  const all = reports.flatMap(({ diagnostics }) => diagnostics);
  if (failOn !== "never" && all.some(({ severity }) => atLeast(severity, failOn))) return exitCodes.findings;
  const warnings = all.filter(({ severity }) => severity === "warning").length;
  return maxWarnings !== undefined && warnings > maxWarnings ? exitCodes.findings : exitCodes.ok;
}
