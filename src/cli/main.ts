import { printable } from "../report/printable.ts";
import { commands } from "./commands/index.ts";
import { BugError, ConfigFileError, exitCodes, InputError, type Io, UsageError } from "./io.ts";
import { quickArguments } from "./quick.ts";
import { version } from "./version.ts";

/** Runs a command line. Returns the exit code; only `bin/pfha-lint.js` touches the process. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const quick = quickArguments(argv, new Set(commands.map(({ name }) => name)));
    if (quick) return await commands[0]!.run(quick, io);
    const text = await about(argv);
    if (text !== undefined) {
      io.stdout.write(text);
      return exitCodes.ok;
    }
    const { parseArguments } = await import("./options.ts");
    const { command, args } = await parseArguments(argv);
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof ConfigFileError) return fail(io, error.message, exitCodes.usage);
    if (error instanceof UsageError) return fail(io, `${error.message}\nTry \`pfha-lint --help\`.`, exitCodes.usage);
    if (error instanceof InputError) return fail(io, error.message, exitCodes.input);
    return fail(io, bugReport(error), exitCodes.bug);
  }
}

/** The text that `--version` or `--help` asks for. It was made when the program was built: see `scripts/help.ts`. */
async function about(argv: readonly string[]): Promise<string | undefined> {
  if (argv.includes("--version")) return `pfha-lint ${version}\n`;
  if (!argv.includes("--help") && !argv.includes("-h")) return undefined;
  const help: Readonly<Record<string, readonly string[]>> = (await import("./generated/help.json")).default;
  const word = argv.find((one) => !one.startsWith("-")) ?? "";
  const lines = (Object.hasOwn(help, word) ? help[word] : help[""]) ?? [];
  return `${lines.join("\n")}\n`;
}

function fail(io: Io, message: string, code: number): number {
  io.stderr.write(`pfha-lint: ${message.split("\n").map(printable).join("\n")}\n`);
  return code;
}

/** Where it happened, never what was in the files: messages of unexpected errors may quote their input. */
function bugReport(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  const name = error instanceof Error ? error.name : "Error";
  return [
    ...(error instanceof BugError ? [error.message] : []),
    `a bug in pfha-lint (${name}). Please report it with the lines below and the command you ran, without your files:`,
    ...frames.slice(0, 10),
  ].join("\n");
}
