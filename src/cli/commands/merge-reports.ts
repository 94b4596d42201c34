import { compareText, type Report, type Run, severities } from "../../diagnostic.ts";
import validate from "../generated/report-validator.js";
import { readBytes } from "../input.ts";
import { InputError, type Io } from "../io.ts";
import type { Arguments } from "../options.ts";
import { type RecordedRun, reportFrom } from "../record.ts";
import { checkTargets, formatTargets, writeReports } from "../reports.ts";
import { version } from "../version.ts";

/** Joins JSON reports into one report. The exit code is the gravest of theirs. */
export async function mergeReports(args: Arguments, io: Io): Promise<number> {
  const targets = formatTargets(args);
  const runs: RecordedRun[] = [];
  const files = args["reports"] as readonly string[];
  await checkTargets(targets, files, io);
  for (const file of files) runs.push(parseReport(file, new TextDecoder().decode(await readBytes(file, io))));
  rejectTwins(runs, files);
  const run = merged(runs);
  await writeReports({ run, pictures: new Map() }, targets, args, io);
  return run.exitCode;
}

function parseReport(file: string, text: string): RecordedRun {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${file}: no JSON`);
  }
  if (validate(value)) return value as RecordedRun;
  const [error] = validate.errors ?? [];
  throw new InputError(`${file}: no JSON report of pfha-lint: ${error?.instancePath || "/"} ${error?.message}`);
}

/** One cluster in two reports would be counted twice. */
function rejectTwins(runs: readonly RecordedRun[], files: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const [index, { clusters }] of runs.entries()) {
    for (const { name, primary, secondary } of clusters) {
      const key = JSON.stringify([name, primary.file, secondary.file]);
      const file = files[index] ?? "";
      const before = seen.get(key);
      if (before !== undefined)
        throw new InputError(`${file}: the cluster ${name ?? primary.file} is in ${before} too`);
      seen.set(key, file);
    }
  }
}

function merged(runs: readonly RecordedRun[]): Run {
  const reports = runs.flatMap(({ clusters, rules }) => clusters.map((cluster) => reportFrom(cluster, rules)));
  const strictness = (threshold: Run["failOn"]): number => (threshold === "never" ? -1 : severities.indexOf(threshold));
  return {
    toolVersion: version,
    exitCode: Math.max(0, ...runs.map(({ exitCode }) => exitCode)),
    failOn: runs.map(({ failOn }) => failOn).reduce((a, b) => (strictness(b) > strictness(a) ? b : a)),
    reports: reports.sort(compareReports),
  };
}

/** As `check` has them: by name. */
const compareReports = (a: Report, b: Report): number =>
  compareText(a.name ?? "", b.name ?? "") ||
  compareText(a.primary.source.path, b.primary.source.path) ||
  compareText(a.secondary.source.path, b.secondary.source.path);
