import { milliseconds } from "../clock.ts";
import type { Io } from "../io.ts";
import { inputsOf, workFrom } from "../jobs.ts";
import { lintAll, tell } from "../lint-all.ts";
import type { Arguments } from "../options.ts";
import { withProgress } from "../progress.ts";
import { checkTargets, formatTargets, wantsPictures, writeReports } from "../reports.ts";

/** Lints a pair, or every cluster of the configuration file, and reports. */
export async function check(args: Arguments, io: Io): Promise<number> {
  const targets = formatTargets(args);
  if (args["watch"] === true) return (await import("../watch.ts")).watch(args, targets, io);
  const start = milliseconds();
  const work = await workFrom(args, io);
  await checkTargets(targets, inputsOf(work), io);
  const pictures = wantsPictures(targets);
  const outcome = await withProgress(args, io, (onDone) => lintAll(work, io, { pictures, onDone }));
  const linted = milliseconds();
  await writeReports(outcome, targets, args, io);
  if (args["timing"] === true) {
    const { reading, linting } = outcome.spent;
    const parts = { reading, linting, reporting: milliseconds() - linted, total: milliseconds() - start };
    const words = Object.entries(parts).map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(1)} ms`);
    io.stderr.write(`pfha-lint: ${words.join(", ")}\n`);
  }
  tell(outcome, io);
  return outcome.run.exitCode;
}
