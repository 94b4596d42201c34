import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { atLeast, type Report, type Run, type Severity } from "../../diagnostic.ts";
import { type LintSettings, lintCluster } from "../../lint.ts";
import { formats } from "../../report/index.ts";
import { rules } from "../../rules/index.ts";
import type { Rule } from "../../rules/rule.ts";
import { readCluster } from "../input.ts";
import { exitCodes, InputError, type Io, UsageError } from "../io.ts";
import { suggestion } from "../nearest.ts";
import type { Arguments } from "../options.ts";
import { paintFor } from "../paint.ts";
import { version } from "../version.ts";

/** Lints a pair and reports. */
export async function check(args: Arguments, io: Io): Promise<number> {
  const targets = formatTargets((args["format"] as string[] | undefined) ?? ["text"]);
  const settings = settingsFrom(args);
  const report = await lintCluster(await readCluster(args, io), chosenRules(args), settings);
  const failOn = (args["fail-on"] as Severity | "never" | undefined) ?? "error";
  const run: Run = { toolVersion: version, exitCode: exitCodeOf([report], args), failOn, reports: [report] };
  for (const { name, file } of targets) {
    const output = await render(name, run, args, io, file !== undefined);
    if (file === undefined) io.stdout.write(output);
    else writeReport(file, output, io);
  }
  return run.exitCode;
}

interface FormatTarget {
  readonly name: string;
  readonly file: string | undefined;
}

function formatTargets(wanted: readonly string[]): readonly FormatTarget[] {
  const targets = wanted.map((word) => {
    const equals = word.indexOf("=");
    const name = equals === -1 ? word : word.slice(0, equals);
    if (!formats.has(name)) {
      throw new UsageError(
        `unknown format ${name}${suggestion(name, formats.keys()) || `; one of ${[...formats.keys()].join(", ")}`}`,
      );
    }
    return { name, file: equals === -1 ? undefined : word.slice(equals + 1) };
  });
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError(
      "only one format can go to standard output; give the others a file, as in --format sarif=FILE",
    );
  }
  return targets;
}

async function render(name: string, run: Run, args: Arguments, io: Io, toFile: boolean): Promise<string> {
  if (name !== "text") return (await formats.get(name)!())(run);
  const { text } = await import("../../report/text.ts");
  const paint = await paintFor(toFile ? "never" : args["color"], io);
  return text(run, { paint, quiet: args["quiet"] === true, verbose: args["verbose"] === true });
}

function writeReport(file: string, output: string, io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, file), output);
  } catch (error) {
    throw new InputError(`${file}: the report cannot be written: ${(error as NodeJS.ErrnoException).code}`, {
      cause: error,
    });
  }
}

function ruleId(id: string): string {
  if (rules.some((rule) => rule.id === id)) return id;
  throw new UsageError(
    `unknown rule ${id}${suggestion(
      id,
      rules.map((rule) => rule.id),
    )}`,
  );
}

function chosenRules(args: Arguments): readonly Rule[] {
  const only = (args["only"] as string[] | undefined)?.flatMap((word) => word.split(",")).map(ruleId);
  return only ? rules.filter(({ id }) => only.includes(id)) : rules;
}

function settingsFrom(args: Arguments): LintSettings {
  const severities = new Map<string, Severity | "off">();
  for (const word of (args["rule"] as string[] | undefined) ?? []) {
    const [id = "", severity = ""] = word.split("=");
    if (!["off", "info", "warning", "error"].includes(severity)) {
      throw new UsageError(`--rule ${word}: expected ID=off, info, warning or error`);
    }
    severities.set(ruleId(id), severity as Severity | "off");
  }
  return { severities, verifyPasswords: args["no-verify-passwords"] !== true };
}

/** 3 if a file does not load, 1 if something reaches the threshold, else 0. */
function exitCodeOf(reports: readonly Report[], args: Arguments): number {
  if (reports.some(({ readable }) => !readable)) return exitCodes.input;
  const threshold = (args["fail-on"] as Severity | "never" | undefined) ?? "error";
  const all = reports.flatMap(({ diagnostics }) => diagnostics);
  if (threshold !== "never" && all.some(({ severity }) => atLeast(severity, threshold))) return exitCodes.findings;
  const most = args["max-warnings"] as number | undefined;
  const warnings = all.filter(({ severity }) => severity === "warning").length;
  return most !== undefined && warnings > most ? exitCodes.findings : exitCodes.ok;
}
