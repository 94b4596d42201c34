import { noPaint, type Paint } from "../report/text.ts";
import type { Io } from "./io.ts";

/** A unified diff, coloured if a person is looking or asked for it. */
export async function paintDiff(diff: string, choice: unknown, io: Io): Promise<string> {
  if (!wantsColour(choice, io)) return diff;
  const { Chalk } = await import("chalk");
  const { bold, cyan, green, red } = new Chalk({ level: 1 });
  const colours = [
    ["---", bold],
    ["+++", bold],
    ["@@", cyan],
    ["-", red],
    ["+", green],
  ] as const;
  return diff.replace(/^.+$/gm, (line) => {
    const colour = colours.find(([start]) => line.startsWith(start))?.[1];
    return colour ? colour(line) : line;
  });
}

/** Colours, if a person is looking or asked for them. `NO_COLOR` (no-color.org) means none. */
export async function paintFor(choice: unknown, io: Io): Promise<Paint> {
  if (!wantsColour(choice, io)) return noPaint;
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

function wantsColour(choice: unknown, io: Io): boolean {
  const automatic = io.stdout.isTerminal && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb";
  return choice === "always" || (choice !== "never" && automatic);
}
