import type { Arguments } from "./options.ts";

/** Switches without a value that the plain command line may hold, and what they are called. */
const switches: ReadonlyMap<string, string> = new Map([
  ["-q", "quiet"],
  ["--quiet", "quiet"],
  ["-v", "verbose"],
  ["--verbose", "verbose"],
  ["--no-config", "no-config"],
  ["--no-verify-passwords", "no-verify-passwords"],
  ["--timing", "timing"],
]);

/**
 * Understands the everyday command line, two files and perhaps some switches, without loading a parser of options:
 * that takes longer than linting a small pair. Undefined for everything else, errors included.
 * @param commands words that name a command
 */
export function quickArguments(argv: readonly string[], commands: ReadonlySet<string>): Arguments | undefined {
  const files: string[] = [];
  const args: Record<string, unknown> = {};
  for (const word of argv) {
    const name = switches.get(word);
    if (name !== undefined) args[name] = true;
    else if (word.startsWith("-") || word === "" || commands.has(word)) return undefined;
    else files.push(word);
  }
  if (files.length !== 2) return undefined;
  return { ...args, first: files[0], second: files[1] };
}
