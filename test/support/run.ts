import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { root } from "./pair.ts";

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = new URL("bin/pfha-lint.js", root).pathname;

interface Options {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Record<string, string>;
}

/** Runs the built program, as a user would, by default in the root of the project. */
export const run = (args: readonly string[], options?: Options): Outcome => runNode([program, ...args], options);

/** Runs Node. */
export function runNode(args: readonly string[], options: Options = {}): Outcome {
  const { CI: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: options.cwd ?? root.pathname,
    input: options.input ?? "",
    env: { ...env, NO_COLOR: "1", ...options.env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}

/** A folder that lives as long as the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "pfha-test-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
