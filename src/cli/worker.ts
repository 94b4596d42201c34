import { parentPort, workerData } from "node:worker_threads";
import type { Io } from "./io.ts";
import { settle } from "./lint-job.ts";
import { type Assignment, packOutcome, unpackJob, unpackRules } from "./thread-messages.ts";

/** The program of a worker thread: takes one job after the other until none is left, and ends. */
const { cwd, jobs, rules: ids, pictures, next } = workerData as Assignment;
const nowhere: Io["stdout"] = { write: () => undefined, isTerminal: false };
const io: Io = { cwd, env: process.env, stdout: nowhere, stderr: nowhere, readStdin: async () => new Uint8Array() };
const rules = unpackRules(ids);
for (let index = Atomics.add(next, 0, 1); index < jobs.length; index = Atomics.add(next, 0, 1)) {
  const outcome = await settle(unpackJob(jobs[index]!), rules, io, pictures);
  parentPort?.postMessage({ index, outcome: packOutcome(outcome) });
}
