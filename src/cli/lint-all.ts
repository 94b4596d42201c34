import { atLeast, type Report, type Run } from "../diagnostic.ts";
import { lintCluster } from "../lint.ts";
import { exitCodes, InputError, type Io } from "./io.ts";
import { type Job, openPair, type Work } from "./jobs.ts";
import { version } from "./version.ts";

/** The outcome of all jobs. */
export interface Outcome {
  readonly run: Run;
  /** Of jobs whose files could not be read; the others went on. */
  readonly errors: readonly InputError[];
}

/**
 * Lints every pair of the work.
 * @throws InputError if the only pair cannot be read, unless it is to keep going
 */
export async function lintAll(
  work: Work,
  io: Io,
  { keepGoing = work.jobs.length > 1 }: { readonly keepGoing?: boolean } = {},
): Promise<Outcome> {
  const reports: Report[] = [];
  const errors: InputError[] = [];
  for (const job of work.jobs) {
    try {
      reports.push(await lintJob(job, work, io));
    } catch (error) {
      if (!(error instanceof InputError) || !keepGoing) throw error;
      const name = job.name === undefined ? "" : `${job.name}: `;
      errors.push(new InputError(`${name}${error.message}`, { cause: error }));
    }
  }
  return { run: runOf(reports, work, errors), errors };
}

export const lintJob = async (job: Job, { rules }: Work, io: Io): Promise<Report> =>
  lintCluster(await openPair(job, io), rules, job.settings);

export const runOf = (reports: readonly Report[], work: Work, errors: readonly InputError[] = []): Run => ({
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
