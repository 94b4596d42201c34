import type { Acceptance, Report } from "../diagnostic.ts";
import type { LintSettings } from "../lint.ts";
import type { Picture } from "../picture.ts";
import { jsonReport } from "../report/json.ts";
import { rules as allRules } from "../rules/index.ts";
import { type Encoding, Source, type Span } from "../source.ts";
import { framesOf } from "./bug.ts";
import { BugError, InputError } from "./io.ts";
import type { Job, Work } from "./jobs.ts";
import type { Linted, Settled } from "./lint-job.ts";
import { type RecordedRun, reportFrom } from "./record.ts";
import { version } from "./version.ts";

/**
 * What threads tell each other. Only plain data can be sent: of a span's source a copy, of a rule its id, of a report
 * what the JSON report of a shard holds, from which every format can be made again.
 */
export interface Assignment {
  readonly cwd: string;
  readonly jobs: readonly PackedJob[];
  readonly rules: readonly string[];
  readonly pictures: boolean;
  /** Number of the next job that nobody has taken. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

interface PackedJob extends Omit<Job, "settings"> {
  readonly settings: Omit<LintSettings, "accepted"> & { readonly accepted: readonly PackedAcceptance[] };
}

interface PackedAcceptance extends Omit<Acceptance, "at" | "untilAt"> {
  readonly at: readonly [start: number, end: number];
  readonly untilAt: readonly [start: number, end: number] | undefined;
  readonly source: { readonly path: string; readonly text: string; readonly encoding: Encoding };
}

export const packJobs = (jobs: readonly Job[]): readonly PackedJob[] => {
  // Sent once, however many entries lie in it.
  const sources = new Map<Source, PackedAcceptance["source"]>();
  const sourceOf = (source: Source): PackedAcceptance["source"] => {
    const { path, text, encoding } = source;
    const packed = sources.get(source) ?? { path, text, encoding };
    sources.set(source, packed);
    return packed;
  };
  const acceptance = ({ at, untilAt, ...entry }: Acceptance): PackedAcceptance => ({
    ...entry,
    at: [at.start, at.end],
    untilAt: untilAt && [untilAt.start, untilAt.end],
    source: sourceOf(at.source),
  });
  return jobs.map((job) => ({
    ...job,
    settings: { ...job.settings, accepted: (job.settings.accepted ?? []).map(acceptance) },
  }));
};

export const unpackJob = (job: PackedJob): Job => {
  const acceptance = ({ at, untilAt, source: packed, ...entry }: PackedAcceptance): Acceptance => {
    const source = new Source(packed.path, packed.text, packed.encoding);
    const span = ([start, end]: readonly [number, number]): Span => source.span(start, end);
    return { ...entry, at: span(at), untilAt: untilAt && span(untilAt) };
  };
  return { ...job, settings: { ...job.settings, accepted: job.settings.accepted.map(acceptance) } };
};

export const unpackRules = (ids: readonly string[]): Work["rules"] => {
  const chosen = new Set(ids);
  return allRules.filter(({ id }) => chosen.has(id));
};

/** The outcome of a job, as a worker sends it. */
export type PackedOutcome =
  | {
      readonly recorded: RecordedRun;
      readonly notes: readonly string[];
      readonly picture: PackedPicture | undefined;
      readonly spent: Linted["spent"];
    }
  | { readonly refused: string }
  | {
      readonly bug: { readonly name: string; readonly frames: readonly string[]; readonly message: string | undefined };
    };

/** Without its nodes, which hold the files' texts. */
type PackedPicture = Omit<Picture, "simulation"> & {
  readonly simulation: Omit<Picture["simulation"], "primary" | "secondary">;
};

export function packOutcome(outcome: Settled): PackedOutcome {
  if ("error" in outcome) return packError(outcome.error);
  const { report, picture, spent } = outcome.linted;
  const recorded = jsonReport({ toolVersion: version, exitCode: 0, failOn: "never", reports: [report] });
  return { recorded: recorded as RecordedRun, notes: report.notes, picture: picture && packPicture(picture), spent };
}

export function unpackOutcome(outcome: PackedOutcome): Settled {
  if ("refused" in outcome) return { error: new InputError(outcome.refused) };
  if ("bug" in outcome) return { error: unpackBug(outcome.bug) };
  const { recorded, notes, picture, spent } = outcome;
  const report: Report = { ...reportFrom(recorded.clusters[0]!, recorded.rules), notes };
  const { primary, secondary } = report;
  const drawn = picture && { ...picture, simulation: { ...picture.simulation, primary, secondary } };
  return { linted: { report, picture: drawn, spent } };
}

function packPicture({ simulation, ...picture }: Picture): PackedPicture {
  const { primary: _, secondary: __, ...rest } = simulation;
  return { ...picture, simulation: rest };
}

/** The message of an unexpected error may quote the inputs, and stays where it is. */
function packError(error: unknown): PackedOutcome {
  if (error instanceof InputError) return { refused: error.message };
  const name = error instanceof Error ? error.name : "Error";
  return { bug: { name, frames: framesOf(error), message: error instanceof BugError ? error.message : undefined } };
}

function unpackBug({ name, frames, message }: Extract<PackedOutcome, { bug: unknown }>["bug"]): Error {
  const stack = [`${name}: ${message ?? ""}`, ...frames].join("\n");
  return Object.assign(message === undefined ? new Error() : new BugError(message), { name, stack });
}
