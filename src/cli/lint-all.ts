import type { Cluster } from "../cluster/cluster.ts";
import { atLeast, type Report, type Run } from "../diagnostic.ts";
import { lintCluster } from "../lint.ts";
import type { Picture } from "../picture.ts";
import { printable } from "../report/printable.ts";
import { exitCodes, InputError, type Io } from "./io.ts";
import { openPair, type Work } from "./jobs.ts";
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
}

/**
 * Lints every pair of the work.
 * @throws InputError if a pair cannot be read and the others are not to go on
 */
export async function lintAll(work: Work, io: Io, options: LintOptions = {}): Promise<Outcome> {
  const keepGoing = options.keepGoing ?? work.jobs.length > 1;
  const reports: Report[] = [];
  const errors: InputError[] = [];
  const pictures = new Map<Report, Picture>();
  const spent = { reading: 0, linting: 0 };
  for (const job of work.jobs) {
    try {
      const start = performance.now();
      const cluster = await openPair(job, io);
      const opened = performance.now();
      const report = await lintCluster(cluster, work.rules, job.settings);
      spent.reading += opened - start;
      spent.linting += performance.now() - opened;
      reports.push(report);
      if (options.pictures) await draw(cluster, report, pictures);
    } catch (error) {
      if (!(error instanceof InputError) || !keepGoing) throw error;
      const name = job.name === undefined ? "" : `${job.name}: `;
      errors.push(new InputError(`${name}${error.message}`, { cause: error }));
    }
  }
  return { run: runOf(reports, work, errors), errors, pictures, spent };
}

/** Says on standard error what was left out, and what could not be read. */
export function tell({ run, errors }: Pick<Outcome, "run" | "errors">, io: Io): void {
  const notes = run.reports.flatMap((report) => report.notes.map((note) => `note: ${note}`));
  for (const line of [...notes, ...errors.map(({ message }) => message)]) {
    io.stderr.write(`pfha-lint: ${printable(line)}\n`);
  }
}

async function draw(cluster: Cluster, report: Report, pictures: Map<Report, Picture>): Promise<void> {
  const picture = (await import("./picture.ts")).pictureOf(cluster);
  if (picture) pictures.set(report, picture);
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
