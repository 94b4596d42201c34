import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { compileSecondary } from "../../compile/compile.ts";
import type { NodeFacts } from "../../compile/facts.ts";
import { nodeTemplate } from "../../compile/template.ts";
import { Rejected } from "../../fix/verify.ts";
import { type Config, parseConfig } from "../../model/config.ts";
import { count, printable } from "../../report/printable.ts";
import { compact } from "../../report/text.ts";
import { rules } from "../../rules/index.ts";
import { readInput, requireLoadable } from "../input.ts";
import { BugError, exitCodes, InputError, type Io, UsageError } from "../io.ts";
import { configFrom, settingsFrom } from "../jobs.ts";
import type { Arguments } from "../options.ts";
import { checkOutput, writeConfig } from "../output.ts";
import { version } from "../version.ts";
import { writeFile } from "../write.ts";

/** Writes a complete secondary, or the beginnings of a file that describes one. */
export async function compile(args: Arguments, io: Io): Promise<number> {
  const { node, output } = checkOptions(args, io);
  const settings = settingsFrom(args, await configFrom(args, io), io);
  const primary = parseConfig(await readInput(String(args["primary"]), io));
  requireLoadable(primary);
  if (args["init"] === true) return init(primary, output, io);
  if (primary.hasync.target.empty) {
    throw new InputError(
      `${primary.source.path}: expected the primary, found a node that sends its configuration nowhere (hasync/synchronizetoip)`,
    );
  }
  const facts = await readNode(node, primary, io);
  const { secondary, notes, report } = await compileSecondary(primary, facts, rules, settings).catch(asBug);
  writeConfig(output, secondary.source, io);
  if (args["quiet"] === true) return exitCodes.ok;
  const found = report.diagnostics.length;
  const names = { primary: primary.source.path, secondary: output === "-" ? "<stdout>" : output };
  io.stderr.write(
    [
      ...notes.map((note) => `pfha-lint: note: ${printable(note)}\n`),
      found === 0 ? "" : compact({ toolVersion: version, exitCode: 0, failOn: "never", reports: [report] }),
      `pfha-lint: written: ${printable(names.secondary)}; ${found === 0 ? "no problems" : count(found, "problem")} in the pair\n`,
    ].join(""),
  );
  return exitCodes.ok;
}

function checkOptions(args: Arguments, io: Io): { readonly node: string; readonly output: string } {
  const { node, output = "", init: asked } = args as { node?: string; output?: string; init?: boolean };
  if (asked === true) {
    if (node !== undefined) throw new UsageError("--init writes a node file, --node reads one; name one of the two");
    return { node: "", output };
  }
  if (node === undefined) {
    throw new UsageError(
      "missing --node: a node file (pfha-lint compile --init writes one) or an export of the secondary",
    );
  }
  if (output === "") throw new UsageError("missing --output FILE");
  checkOutput(output, [String(args["primary"]), node], io);
  return { node, output };
}

function init(primary: Config, output: string, io: Io): number {
  const text = nodeTemplate(primary);
  if (output === "" || output === "-") io.stdout.write(text);
  else if (existsSync(resolve(io.cwd, output))) {
    throw new UsageError(`--output ${output}: exists already; --init does not replace what was written by hand`);
  } else {
    writeFile(output, resolve(io.cwd, output), new TextEncoder().encode(text), { secret: true, fresh: true });
  }
  return exitCodes.ok;
}

/** An export or a node file, told apart by what is in it. */
async function readNode(path: string, primary: Config, io: Io): Promise<NodeFacts | Config> {
  const decoded = await readInput(path, io);
  const { source } = decoded;
  if (!/^\s*</.test(source.text)) {
    const { parseNodeFile } = await import("../node-file.ts");
    return parseNodeFile(source, primary);
  }
  const secondary = parseConfig(decoded);
  requireLoadable(secondary);
  if (secondary.source.text === primary.source.text) {
    throw new InputError(`${source.path}: the same content as ${primary.source.path}; export the other node`);
  }
  if (!secondary.sharesVersionWith(primary)) {
    throw new InputError(
      `${source.path}: expected config version ${primary.version.text} as on the primary, found ${secondary.version.text}; upgrade the older node first`,
    );
  }
  const missing = primary.interfaces.filter(({ enabled, key }) => enabled && !secondary.interface(key));
  if (missing.length > 0) {
    throw new InputError(
      `${source.path}: has no ${missing.map(({ title }) => title).join(", ")}, which the primary has; assign it and export again, or describe the node in a node file`,
    );
  }
  return secondary;
}

function asBug(error: unknown): never {
  if (error instanceof Rejected) throw new BugError(`nothing was written: ${error.message}`, { cause: error });
  throw error;
}
