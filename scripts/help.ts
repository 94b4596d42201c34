import yargs from "yargs";
import type { Command } from "../src/cli/commands/command.ts";
import { commands } from "../src/cli/commands/index.ts";

/** Columns of a help text. */
const width = 100;

/** The texts of `--help`, as lines: of each command, and of the program under the empty name. */
export async function helpTexts(): Promise<Record<string, readonly string[]>> {
  const texts = await Promise.all(commands.map(async (command) => [command.name, await helpOf(command)] as const));
  const program = [
    ...(texts[0]?.[1] ?? []),
    "",
    "Commands:",
    ...commands.flatMap(({ usage, summary }) => [`  pfha-lint ${usage}`, `      ${summary}`]),
    "",
    "Exit codes: 0 nothing found, 1 found something at or above --fail-on, 2 wrong usage, 3 a file could not be checked, 70 a bug",
  ];
  return { "": program, ...Object.fromEntries(texts) };
}

async function helpOf(command: Command): Promise<readonly string[]> {
  const text = await yargs()
    .help(false)
    .version(false)
    .scriptName("pfha-lint")
    .usage(`pfha-lint ${command.usage}\n\n${command.summary}`)
    .options(command.options)
    .option("help", { alias: "h", type: "boolean", describe: "Say how it is used" })
    .option("version", { type: "boolean", describe: "Say which version this is" })
    .wrap(width)
    .getHelp();
  return text.split("\n");
}
