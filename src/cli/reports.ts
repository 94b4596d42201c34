import { resolve } from "node:path";
import type { Run } from "../diagnostic.ts";
import { formats } from "../report/index.ts";
import { type Io, UsageError } from "./io.ts";
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

/**
 * No report may take the place of what was read, nor of another report.
 * @throws UsageError
 */
export async function checkTargets(targets: readonly FormatTarget[], inputs: readonly string[], io: Io): Promise<void> {
  const files = targets.flatMap(({ file }) => file ?? []);
  if (files.length === 0) return;
  const { isAmong } = await import("./output.ts");
  for (const [index, file] of files.entries()) {
    if (isAmong(file, inputs, io)) {
      throw new UsageError(`--format: ${file} is one of the inputs; write the report to another file`);
    }
    if (isAmong(file, files.slice(0, index), io)) {
      throw new UsageError(`--format: two reports cannot both be ${file}; give each a file of its own`);
    }
  }
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
    else {
      const { writeFile } = await import("./write.ts");
      writeFile(file, resolve(io.cwd, file), new TextEncoder().encode(output), { folders: true });
    }
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
