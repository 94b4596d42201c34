#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { bugReport, main, outputError } from "../dist/cli.js";

// The V8 of Node 20 optimizes a function after so few runs that a program of a tenth of a second spends a fifth of its time
// on code that it hardly uses any more (docs/performance.md). Ten times its own value; later versions mended it.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--interrupt-budget=675840");

const output = (stream) => ({ write: (text) => stream.write(text), isTerminal: stream.isTTY === true });
const say = (text, then) => process.stderr.write(`pfha-lint: ${text}\n`, then);

/** The exit code of what goes wrong outside of the command. */
let failure;
const stop = new AbortController();

process.on("uncaughtException", (error) => {
  failure = 70;
  say(bugReport(error), () => process.exit(failure));
});

process.stdout.on("error", (error) => {
  stop.abort();
  // A reader that closes the pipe early (`| head`) has seen enough.
  if (error.code === "EPIPE" || failure !== undefined) return;
  process.exitCode = failure = 3;
  void outputError(error).then(say);
});
// What cannot be said cannot be helped either; the exit code is that of the command.
process.stderr.on("error", () => undefined);

function workingFolder() {
  try {
    return process.cwd();
  } catch {
    say("the working directory is gone; change to one that is there");
    process.exit(3);
  }
}

const code = await main(process.argv.slice(2), {
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  env: process.env,
  cwd: workingFolder(),
  signal: stop.signal,
  worker: new URL("../dist/worker.js", import.meta.url),
  readStdin: async (limit) => {
    const chunks = [];
    let size = 0;
    for await (const chunk of process.stdin) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) break;
    }
    return Buffer.concat(chunks);
  },
});
process.exitCode = failure ?? code;
