import { printable } from "../../report/printable.ts";
import type { Io } from "../io.ts";
import { workFrom } from "../jobs.ts";
import { lintAll } from "../lint-all.ts";
import type { Arguments } from "../options.ts";
import { formatTargets, writeReports } from "../reports.ts";

/** Lints a pair, or every cluster of the configuration file, and reports. */
export async function check(args: Arguments, io: Io): Promise<number> {
  const targets = formatTargets(args);
  if (args["watch"] === true) return (await import("../watch.ts")).watch(args, targets, io);
  const { run, errors } = await lintAll(await workFrom(args, io), io);
  await writeReports(run, targets, args, io);
  for (const { notes } of run.reports)
    for (const note of notes) io.stderr.write(`pfha-lint: note: ${printable(note)}\n`);
  for (const { message } of errors) io.stderr.write(`pfha-lint: ${printable(message)}\n`);
  return run.exitCode;
}
