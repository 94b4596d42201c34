import { execFileSync, spawnSync } from "node:child_process";

/** Whether a program of the system is there; tests of the real thing are skipped where it is not, except in CI. */
export function hasTool(name: string): boolean {
  const there = spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
  if (!there && process.env["CI"] && process.env["PFHA_LINT_TOOLS"] === "required")
    throw new Error(`${name} is missing`);
  if (!there) process.stderr.write(`skipped: tests of the real ${name}, which is not installed here\n`);
  return there;
}

/** Runs a program of the system in a folder; its output, standard error included, and its exit code. */
export function runTool(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { code: status, output: stdout + stderr };
}

export const git = (cwd: string, ...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false", ...args], {
    cwd,
    encoding: "utf8",
  });
