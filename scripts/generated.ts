import { existsSync, readFileSync, writeFileSync } from "node:fs";

const check = process.argv.includes("--check");
const stale: string[] = [];

/** Writes a generated file if it differs; with --check, notes that it does. */
export function emit(path: string, text: string): void {
  const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  if (before === text) return;
  if (check) stale.push(path);
  else writeFileSync(path, text);
}

/** Notes a file that only a person can write. */
export function missing(path: string): void {
  stale.push(`${path} (missing)`);
}

/** Fails the script if something was noted. */
export function finish(): void {
  if (stale.length === 0) return;
  console.error(`out of date, run \`npm run generate\`: ${stale.join(", ")}`);
  process.exitCode = 1;
}
