#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { main } from "../dist/cli.js";

// The V8 of Node 20 optimizes a function after so few runs that a program of a tenth of a second spends a fifth of its time
// on code that it hardly uses any more (docs/performance.md). Ten times its own value; later versions mended it.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--interrupt-budget=675840");

const output = (stream) => ({ write: (text) => stream.write(text), isTerminal: stream.isTTY === true });

// A reader that closes the pipe early (`| head`) has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await main(process.argv.slice(2), {
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  env: process.env,
  cwd: process.cwd(),
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
