import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Run } from "../diagnostic.ts";
import { formats } from "../report/index.ts";
import { InputError, type Io, UsageError } from "./io.ts";
import type { Outcome } from "./lint-all.ts";
import { suggestion } from "./nearest.ts";
import type { Arguments } from "./options.ts";
import { paintFor } from "./paint.ts";

/** Where a report goes, in which format. */
export interface FormatTarget {
  readonly name: string;
  /** Undefined for standard output. */
  readonly file: string | undefined;
}

/** Understands `--format`. */
export function formatTargets(args: Arguments): readonly FormatTarget[] {
  const wanted = (args["format"] as string[] | undefined) ?? ["text"];
  const targets = wanted.map((word) => {
    const equals = word.indexOf("=");
    const name = equals === -1 ? word : word.slice(0, equals);
    const file = equals === -1 ? undefined : word.slice(equals + 1);
    if (!formats.has(name)) {
      throw new UsageError(
        `unknown format ${name}${suggestion(name, formats.keys()) || `; one of ${[...formats.keys()].join(", ")}`}`,
      );
    }
    if (file === "") throw new UsageError(`--format ${word}: expected a file behind the equals sign`);
    return { name, file: file === "-" ? undefined : file };
  });
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError(
      "only one format can go to standard output; give the others a file, as in --format sarif=FILE",
    );
  }
  return targets;
}

/** Whether some report draws the pair. */
export const wantsPictures = (targets: readonly FormatTarget[]): boolean => targets.some(({ name }) => name === "html");

/** Formats a run and sends each report where it is to go. */
export async function writeReports(
  { run, pictures }: Pick<Outcome, "run" | "pictures">,
  targets: readonly FormatTarget[],
  args: Arguments,
  io: Io,
): Promise<void> {
  for (const { name, file } of targets) {
    const paged = await withPages(run, name);
    const output =
      name === "html"
        ? (await import("../report/html.ts")).html(paged, pictures)
        : await render(name, paged, args, io, file !== undefined);
    if (file === undefined) io.stdout.write(output);
    else writeReport(file, output, io);
  }
}

async function render(name: string, run: Run, args: Arguments, io: Io, toFile: boolean): Promise<string> {
  if (name !== "text") return (await formats.get(name)!())(run);
  const { text } = await import("../report/text.ts");
  const paint = await paintFor(toFile ? "never" : args["color"], io);
  return text(run, { paint, quiet: args["quiet"] === true, verbose: args["verbose"] === true });
}

/** SARIF and HTML hold the pages of the rules that reported something. */
async function withPages(run: Run, format: string): Promise<Run> {
  if (format !== "sarif" && format !== "html") return run;
  const { rulePage } = await import("./pages.ts");
  const ids = new Set(
    run.reports.flatMap(({ diagnostics, accepted }) => [
      ...diagnostics.map(({ rule }) => rule),
      ...accepted.map(({ diagnostic }) => diagnostic.rule),
    ]),
  );
  const pages = [...ids].flatMap((id) => {
    const page = rulePage(id);
    return page === undefined ? [] : [[id, page] as const];
  });
  return { ...run, pages: new Map(pages) };
}

function writeReport(file: string, output: string, io: Io): void {
  const path = resolve(io.cwd, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, output);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`${file}: the report cannot be written: ${code}`, { cause: error });
  }
}
