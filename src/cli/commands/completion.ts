import { completions } from "../completion.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import { suggestion } from "../nearest.ts";
import type { Arguments } from "../options.ts";

/** Prints a script that makes a shell complete the command line. */
export async function completion(args: Arguments, io: Io): Promise<number> {
  const shell = String(args["shell"]);
  const script = Object.hasOwn(completions, shell) ? completions[shell] : undefined;
  if (!script) {
    const known = Object.keys(completions);
    throw new UsageError(`no completion for ${shell}${suggestion(shell, known) || `; one of ${known.join(", ")}`}`);
  }
  io.stdout.write(script());
  return exitCodes.ok;
}
