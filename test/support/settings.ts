import { existsSync, readFileSync } from "node:fs";
import { type PairSettings, root } from "./pair.ts";

/**
 * What a fixture's settings.json asks for: options of its rule, as in `{ "options": { "require": "disabled" } }`, and
 * `{ "roles": "detect" }` where the files themselves are to say which node is the primary.
 */
export function settingsOf(path: string): PairSettings {
  const file = new URL(`fixtures/${path}/settings.json`, root);
  if (!existsSync(file)) return {};
  const { options = {}, roles } = JSON.parse(readFileSync(file, "utf8")) as {
    options?: Record<string, unknown>;
    roles?: "detect";
  };
  const rule = path.split("/").at(-2) ?? "";
  return { options: new Map([[rule, options]]), ...(roles && { roles }) };
}
