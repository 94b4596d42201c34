import { existsSync, readFileSync } from "node:fs";
import type { LintSettings } from "../../src/lint.ts";
import { root } from "./pair.ts";

/** What a fixture's settings.json asks for: options of its rule, as in `{ "options": { "require": "disabled" } }`. */
export function settingsOf(path: string): LintSettings {
  const file = new URL(`fixtures/${path}/settings.json`, root);
  if (!existsSync(file)) return {};
  const { options } = JSON.parse(readFileSync(file, "utf8")) as { options: Record<string, unknown> };
  const rule = path.split("/").at(-2) ?? "";
  return { options: new Map([[rule, options]]) };
}
