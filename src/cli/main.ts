import { printable } from "../report/printable.ts";
import { bugReport } from "./bug.ts";
import { commands } from "./commands/index.ts";
import { ConfigFileError, exitCodes, InputError, type Io, UsageError } from "./io.ts";
import { quickArguments } from "./quick.ts";
import { version } from "./version.ts";

export { bugReport };

/** What is said when standard output cannot be written. */
export async function outputError(error: NodeJS.ErrnoException): Promise<string> {
  const { reasonFor } = await import("./write.ts");
  return `standard output: cannot be written: ${reasonFor(error.code ?? error.name)}`;
}

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
