import { noPaint, type Paint } from "../report/text.ts";
import type { Io } from "./io.ts";

/** Colours, if a person is looking or asked for them. `NO_COLOR` (no-color.org) means none. */
export async function paintFor(choice: unknown, io: Io): Promise<Paint> {
  const automatic = io.stdout.isTerminal && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb";
  if (choice === "never" || (choice !== "always" && !automatic)) return noPaint;
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: 1 });
  return {
    severity: { error: chalk.red.bold, warning: chalk.yellow.bold, info: chalk.cyan.bold },
    place: chalk.bold,
    good: chalk.green,
    bad: chalk.red,
    dim: chalk.dim,
    strong: chalk.bold,
  };
}
