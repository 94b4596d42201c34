import type { Config } from "../model/config.ts";
import type { Tree } from "../model/tree.ts";

/** A configuration to be written. */
export interface Target {
  /** The file whose bytes are kept where they hold what is wanted. */
  readonly base: Config;
  readonly tree: Tree;
  /** What the engineer should know, as sentences without full stop. */
  readonly notes: readonly string[];
}
