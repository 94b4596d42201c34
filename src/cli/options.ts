import yargs, { type Argv } from "yargs";
import { type Command, commands } from "./commands/index.ts";
import { UsageError } from "./io.ts";
import { nearest, suggestion } from "./nearest.ts";

/** Arguments of a command after parsing: its positionals and options by their long names. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What was asked for. */
export interface Parsed {
  readonly command: Command;
  readonly args: Arguments;
}

/** Understands a command line. Throws UsageError, which names the nearest match of an unknown word. */
export async function parseArguments(argv: readonly string[]): Promise<Parsed> {
  const first = argv.find((word) => !word.startsWith("-"));
  const command = commands.find(({ name }) => name === first) ?? commands[0]!;
  const parser = parserFor(command);
  const words = first === command.name ? argv.filter((_, i) => i !== argv.indexOf(first)) : [...argv];
  let failure: string | undefined;
  const parsed = (await parser
    .fail((message) => {
      failure = message;
    })
    .parseAsync(words)) as Record<string, unknown> & { _: (string | number)[] };
  if (failure !== undefined) throw new UsageError(failure);
  rejectUnknown(parsed, command);
  rejectWrongValues(parsed, command);
  const files = parsed._.map(String);
  const taken = Object.fromEntries(
    Object.entries(greedy).flatMap(([name, isOwn]) => {
      const given = parsed[name] as string[] | undefined;
      files.push(...(given ?? []).filter((word) => !isOwn(word)));
      return given ? [[name, given.filter(isOwn)]] : [];
    }),
  );
  return { command, args: { ...parsed, ...taken, ...positionals(files, command, first) } };
}

function parserFor(command: Command): Argv {
  const options = Object.entries(command.options).map(([name, option]) => [
    name,
    { ...option, requiresArg: option.type !== "boolean" && !option.array },
  ]);
  return yargs()
    .options(Object.fromEntries(options))
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "greedy-arrays": true,
      "dot-notation": false,
    })
    .help(false)
    .version(false)
    .exitProcess(false);
}

function rejectUnknown(parsed: Readonly<Record<string, unknown>>, command: Command): void {
  const known = new Set(["_", "$0", "help", "version"]);
  for (const [name, option] of Object.entries(command.options)) {
    known.add(name);
    for (const alias of [option.alias ?? []].flat()) known.add(alias);
  }
  for (const name of Object.keys(parsed)) {
    if (known.has(name)) continue;
    const dashes = name.length === 1 ? "-" : "--";
    const near = nearest(
      name,
      [...known].filter((word) => word.length > 1 && word !== "$0"),
    );
    throw new UsageError(`unknown option ${dashes}${name}${near === undefined ? "" : `; did you mean --${near}?`}`);
  }
}

/** An option that takes one value takes it once, and a number is one. */
function rejectWrongValues(parsed: Readonly<Record<string, unknown>>, command: Command): void {
  for (const [name, option] of Object.entries(command.options)) {
    if (!option.array && option.type !== "boolean" && Array.isArray(parsed[name])) {
      throw new UsageError(`--${name} is given more than once`);
    }
    const value = parsed[name];
    if (option.type === "number" && value !== undefined && !(Number.isSafeInteger(value) && Number(value) >= 0)) {
      throw new UsageError(`--${name}: expected a whole number, 0 or more`);
    }
  }
}

/**
 * Options that take all words up to the next option, and which of them can be theirs: `--only a b pf1.xml pf2.xml`,
 * `--proxmox pve/ pf1.xml pf2.xml`. The others are files.
 */
const greedy: Readonly<Record<string, (word: string) => boolean>> = {
  only: (word) => /^[a-z0-9,-]*[a-z0-9,][a-z0-9,-]*$/i.test(word),
  proxmox: (word) => word !== "-" && !/\.xml$/i.test(word),
};

function positionals(words: readonly string[], command: Command, first: string | undefined): Arguments {
  const { names, optional = 0, many } = command.positionals;
  if (many && words.length >= names.length) {
    const last = names.length - 1;
    return {
      ...Object.fromEntries(names.slice(0, -1).map((name, i) => [name, words[i]])),
      [names[last]!]: words.slice(last),
    };
  }
  if (words.length > names.length) {
    if (first !== undefined && command === commands[0] && first !== command.name) {
      const near = suggestion(
        first,
        commands.map(({ name }) => name),
      );
      if (near !== "") throw new UsageError(`unknown command ${first}${near}`);
    }
    throw new UsageError(
      `expected ${names.length} ${names.length === 1 ? "argument" : "arguments"} (${names.join(", ")}), found ${words.length}`,
    );
  }
  const none = words.length === names.length - optional;
  if (words.length < names.length && !none) {
    const near =
      words.length === 1 && command === commands[0]
        ? suggestion(
            words[0] ?? "",
            commands.map(({ name }) => name),
          )
        : "";
    throw new UsageError(`missing argument: pfha-lint ${command.usage}${near}`);
  }
  return Object.fromEntries(names.map((name, i) => [name, words[i]]));
}
