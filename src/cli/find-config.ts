import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "./io.ts";

/** Names of the configuration file. */
export const configNames: readonly string[] = ["pfha-lint.yaml", "pfha-lint.yml", "pfha-lint.json", "pfha-lint.jsonc"];

/** The configuration file of a folder or the nearest one above it. Loads nothing: most runs have none. */
export function findConfig(folder: string): string | undefined {
  for (let here = folder; ; here = dirname(here)) {
    const found = configNames.map((name) => join(here, name)).filter((path) => existsSync(path));
    if (found.length > 1) throw new UsageError(`more than one configuration file: ${found.join(", ")}`);
    if (found[0] !== undefined) return found[0];
    if (dirname(here) === here) return undefined;
  }
}
