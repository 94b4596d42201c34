import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseConfigFile } from "../../src/cli/config-file.ts";
import { type PairSettings, root } from "./pair.ts";

/**
 * What a fixture's settings.json asks for: options of its rule, as in `{ "options": { "require": "disabled" } }`,
 * `{ "roles": "detect" }` where the files themselves are to say which node is the primary, and `{ "today": "2026-11-24" }`.
 * Accepted findings are in a pfha-lint.yaml beside it, as a user would write them.
 */
export function settingsOf(path: string): PairSettings {
  const read = (name: string): string | undefined => {
    const file = new URL(`fixtures/${path}/${name}`, root);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const { options, roles, today } = JSON.parse(read("settings.json") ?? "{}") as {
    options?: Record<string, unknown>;
    roles?: "detect";
    today?: string;
  };
  const rule = path.split("/").at(-2) ?? "";
  return {
    ...(options && { options: new Map([[rule, options]]) }),
    ...(roles && { roles }),
    ...accepted(path, read("pfha-lint.yaml")),
    today,
  };
}

function accepted(path: string, text: string | undefined): PairSettings {
  if (text === undefined) return {};
  const folder = fileURLToPath(new URL(`fixtures/${path}`, root));
  return { accepted: parseConfigFile(`${folder}/pfha-lint.yaml`, text, folder).accepted };
}
