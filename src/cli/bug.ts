import { BugError } from "./io.ts";

/** What is said of an unexpected error: where it happened, never what was in the files, which its message may quote. */
export function bugReport(error: unknown): string {
  const name = error instanceof Error ? error.name : "Error";
  return [
    ...(error instanceof BugError ? [error.message] : []),
    `a bug in pfha-lint (${name}). Please report it with the lines below and the command you ran, without your files:`,
    ...framesOf(error).slice(0, 10),
  ].join("\n");
}

/** The lines of a stack that say where, as V8 writes them. A message may hold lines that look like them. */
export function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const { stack = "", message } = error;
  const start = stack.indexOf(message);
  if (start === -1) return [];
  return stack
    .slice(start + message.length)
    .split("\n")
    .filter((line) => /^ {4}at .*(?::\d+:\d+|<anonymous>|native|index \d+)\)?$/.test(line));
}
