import type { Options } from "yargs";
import type { Io } from "../io.ts";
import type { Arguments } from "../options.ts";

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** Behind `pfha-lint`, as in `check <pf1.xml> <pf2.xml>`. */
  readonly usage: string;
  /** One sentence for --help. */
  readonly summary: string;
  /**
   * `optional` counts those at the end that may be left out, all of them or none. `many`: the last one is a list of one
   * or more.
   */
  readonly positionals: { readonly names: readonly string[]; readonly optional?: number; readonly many?: true };
  readonly options: Readonly<Record<string, Options>>;
  /** Returns the exit code. Throws UsageError or InputError. */
  run(args: Arguments, io: Io): Promise<number>;
}
