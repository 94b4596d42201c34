import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { encode } from "../emit/encode.ts";
import type { Source } from "../source.ts";
import { type Io, UsageError } from "./io.ts";
import { writeNew } from "./write.ts";

/** Whether `--output` may hold a configuration: never a terminal, which would show its secrets, nor one of the inputs. */
export function checkOutput(output: string, inputs: readonly string[], io: Io): void {
  if (output === "") throw new UsageError("--output: expected a file name, or - for standard output");
  if (output === "-" && io.stdout.isTerminal) {
    throw new UsageError(
      "--output -: a whole configuration holds secrets, and standard output is a terminal; redirect it",
    );
  }
  const real = (path: string): string => {
    try {
      return realpathSync(resolve(io.cwd, path));
    } catch {
      return resolve(io.cwd, path);
    }
  };
  if (output !== "-" && inputs.some((input) => input !== "-" && real(input) === real(output))) {
    throw new UsageError(`--output ${output}: is one of the inputs; write to another file`);
  }
}

/** Writes a configuration where `--output` says, for nobody else to read, with the encoding of its source. */
export function writeConfig(output: string, { text, encoding }: Source, io: Io): void {
  const bytes = encode(text, encoding);
  if (output === "-") io.stdout.write(bytes);
  else writeNew(output, resolve(io.cwd, output), bytes);
}
