import { resolve } from "node:path";
import type { NodeRole } from "../../diagnostic.ts";
import { encode } from "../../emit/encode.ts";
import { type FixedFile, type FixOutcome, fixCluster, type LeftOut, Rejected } from "../../fix/fix.ts";
import type { Config } from "../../model/config.ts";
import { secretSpans } from "../../model/secret-spans.ts";
import { count, printable } from "../../report/printable.ts";
import { requireLoadable } from "../input.ts";
import { BugError, exitCodes, InputError, type Io, UsageError } from "../io.ts";
import { openPair, ruleId, workFrom } from "../jobs.ts";
import type { Arguments } from "../options.ts";
import { isAmong } from "../output.ts";
import { paintDiff } from "../paint.ts";
import { prepareReplacement, writeFile } from "../write.ts";

/** Shows what the fixes would change, or writes it. */
export async function fix(args: Arguments, io: Io): Promise<number> {
  checkOptions(args, io);
  const nodes = nodesOf(args);
  // Every rule is asked: `--only` chooses among fixes, and nothing else may become worse.
  const { only, ...others } = args;
  const { jobs, rules } = await workFrom(others, io);
  const [job] = jobs;
  if (!job) throw new UsageError("no files to fix: name the two config.xml exports of a pair");
  const cluster = await openPair(job, io);
  for (const { config } of cluster.nodes) requireLoadable(config);
  checkTargets(
    args,
    nodes.map((role) => cluster[role]),
    cluster.nodes.map(({ config }) => config),
    io,
  );
  const outcome = await fixCluster(cluster, rules, job.settings, {
    nodes,
    unsafe: args["unsafe"] === true,
    only: only === undefined ? undefined : rulesOf(only as readonly string[]),
  }).catch(asBug);
  const files = nodes.map((role) => outcome[role]);
  const changed = files.filter(({ before, after }) => before !== after);
  const written = await deliver(args, files, changed, io);
  if (args["quiet"] !== true) {
    for (const one of outcome.leftOut) io.stderr.write(leftOutNote(one));
    io.stderr.write(summary(outcome, nodes, args, written));
  }
  return args["check"] === true && changed.length > 0 ? exitCodes.findings : exitCodes.ok;
}

const rulesOf = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.flatMap((word) => word.split(",")).map(ruleId));

function checkOptions(args: Arguments, io: Io): void {
  const modes = ["write", "output", "check"].filter((name) => args[name] !== undefined && args[name] !== false);
  if (modes.length > 1) throw new UsageError(`--${modes[0]} and --${modes[1]} cannot go together`);
  if (args["output"] === "") throw new UsageError("--output: expected a file name, or - for standard output");
  if (args["output"] !== undefined && args["node"] === "both") {
    throw new UsageError("--output takes one file; with --node both, use --write");
  }
  if (args["show-secrets"] === true && io.env["CI"]) {
    throw new UsageError("--show-secrets is refused where CI is set: its log would keep them");
  }
  if (args["output"] === "-" && io.stdout.isTerminal && args["show-secrets"] !== true) {
    throw new UsageError(
      "--output -: a whole configuration holds secrets, and standard output is a terminal; redirect it",
    );
  }
}

function nodesOf(args: Arguments): readonly NodeRole[] {
  const wanted = args["node"] ?? "secondary";
  return wanted === "both" ? ["primary", "secondary"] : [wanted as NodeRole];
}

function checkTargets(args: Arguments, targets: readonly Config[], inputs: readonly Config[], io: Io): void {
  if (args["write"] === true && targets.some(({ source }) => source.path === "<stdin>")) {
    throw new UsageError("--write: standard input cannot be replaced; use --output");
  }
  const output = args["output"];
  if (output === undefined || output === "-") return;
  const files = inputs.map(({ source }) => (source.path === "<stdin>" ? "-" : source.path));
  if (isAmong(String(output), files, io)) {
    throw new UsageError(`--output ${output}: is one of the two files; --write replaces it and keeps the old one`);
  }
}

/** The two reasons for not handing out a result are ours, not the user's. */
function asBug(error: unknown): never {
  if (error instanceof Rejected) throw new BugError(`nothing was written: ${error.message}`, { cause: error });
  throw error;
}

/** Does what was asked with the result; returns the files that were written. */
async function deliver(
  args: Arguments,
  files: readonly FixedFile[],
  changed: readonly FixedFile[],
  io: Io,
): Promise<readonly string[]> {
  if (args["write"] === true) {
    replace(changed, io);
    return changed.map(({ before }) => before.source.path);
  }
  const output = args["output"] as string | undefined;
  const [file] = files;
  if (output !== undefined && file) {
    const bytes = encode(file.after.source.text, file.before.source.encoding);
    if (output === "-") io.stdout.write(bytes);
    else writeFile(output, resolve(io.cwd, output), bytes, { secret: true });
    return [output === "-" ? "standard output" : output];
  }
  const { unifiedDiff } = await import("../../emit/diff.ts");
  const hide = args["show-secrets"] !== true;
  for (const { before, after, marks, regions } of changed) {
    const side = ({ source, document }: Config) => ({
      source,
      secrets: hide && document ? secretSpans(document, 0, source.text.length) : [],
    });
    const reasons = marks.map(({ rule, start, end }) => ({ name: rule, start, end }));
    io.stdout.write(await paintDiff(unifiedDiff(side(before), side(after), regions, reasons), args["color"], io));
  }
  return [];
}

/** All files are on the disk before the first of them takes its place. */
function replace(changed: readonly FixedFile[], io: Io): void {
  const prepared: ReturnType<typeof prepareReplacement>[] = [];
  const replaced: string[] = [];
  try {
    for (const { before, after } of changed) {
      const { path, text, encoding } = before.source;
      const bytes = encode(after.source.text, encoding);
      prepared.push(prepareReplacement(path, resolve(io.cwd, path), encode(text, encoding), bytes));
    }
    for (const [index, file] of prepared.entries()) {
      file.commit();
      replaced.push(changed[index]!.before.source.path);
    }
  } catch (error) {
    for (const file of prepared) file.discard();
    const [path] = replaced;
    if (path === undefined || !(error instanceof InputError)) throw error;
    throw new InputError(`${error.message}\n  ${path} is written already; what it was is in ${path}.orig`, {
      cause: error,
    });
  }
}

function leftOutNote({ diagnostic, because }: LeftOut): string {
  const { rule, subject, node, fix } = diagnostic;
  const where = `${rule}, ${printable(subject)}${node ? ` on the ${node}` : ""}`;
  const reasons = because.map((one) => `${printable(one.message)} (${one.rule})`).join("; ");
  return `pfha-lint: left out: ${printable(fix.title)} (${where}), as it would bring up: ${reasons}\n`;
}

function summary(outcome: FixOutcome, nodes: readonly NodeRole[], args: Arguments, written: readonly string[]): string {
  const { applied, leftOut, after } = outcome;
  const number = applied.length;
  const rulesApplied = [...new Set(applied.map(({ rule }) => rule))].sort().join(", ");
  const left = after.diagnostics.flatMap(({ fix }) => fix ?? []);
  const here = left.filter(({ edits }) =>
    edits.every(({ at }) => nodes.some((role) => outcome[role].after.source === at.source)),
  );
  const unsafe = here.filter(({ safe }) => !safe).length;
  const parts = [
    number > 0
      ? `${number} ${number === 1 ? "fix" : "fixes"} (${rulesApplied})`
      : leftOut.length > 0
        ? "no fix"
        : "nothing to fix",
    ...(leftOut.length > 0 ? [`${leftOut.length} left out`] : []),
    ...(unsafe > 0 && args["unsafe"] !== true ? [`${unsafe} more with --unsafe`] : []),
    ...(left.length > here.length ? [`${left.length - here.length} more in the other file (--node)`] : []),
    ...(after.diagnostics.length > 0 ? [`${count(after.diagnostics.length, "diagnostic")} left`] : []),
  ];
  const done =
    written.length > 0
      ? `; written: ${written.map(printable).join(", ")}`
      : number > 0 && args["check"] !== true
        ? "; nothing was written, --write replaces the file"
        : "";
  return `pfha-lint: ${parts.join(", ")}${done}\n`;
}
