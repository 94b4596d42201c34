import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { encode } from "../emit/encode.ts";
import type { Source } from "../source.ts";
import { type Io, UsageError } from "./io.ts";
import { writeFile } from "./write.ts";

/** Whether `--output` may hold a configuration: never a terminal, which would show its secrets, nor one of the inputs. */
export function checkOutput(output: string, inputs: readonly string[], io: Io): void {
  if (output === "") throw new UsageError("--output: expected a file name, or - for standard output");
  if (output === "-" && io.stdout.isTerminal) {
    throw new UsageError(
      "--output -: a whole configuration holds secrets, and standard output is a terminal; redirect it",
    );
  }
  if (output !== "-" && isAmong(output, inputs, io)) {
    throw new UsageError(`--output ${output}: is one of the inputs; write to another file`);
  }
}

/** Whether a file is one of others, by whatever name; `-` is none. */
export function isAmong(path: string, others: readonly string[], { cwd }: Io): boolean {
  const real = (one: string): string => {
    try {
      return realpathSync(resolve(cwd, one));
    } catch {
      return resolve(cwd, one);
    }
  };
  return others.some((other) => other !== "-" && real(other) === real(path));
}

/** Writes a configuration where `--output` says, for nobody else to read, with the encoding of its source. */
export function writeConfig(output: string, { text, encoding }: Source, io: Io): void {
  const bytes = encode(text, encoding);
  if (output === "-") io.stdout.write(bytes);
  else writeFile(output, resolve(io.cwd, output), bytes, { secret: true });
}
