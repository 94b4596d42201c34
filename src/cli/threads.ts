import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { BugError, type Io } from "./io.ts";
import type { Job, Work } from "./jobs.ts";
import { type Settled, settle } from "./lint-job.ts";
import { type Assignment, type PackedOutcome, packJobs, unpackOutcome } from "./thread-messages.ts";

/**
 * From how many bytes on threads pay. Starting one costs some 35 ms, and then it runs code that nothing has optimised yet:
 * a thread's first small pair takes 90 ms, a later one 10. On a machine with 2 cores (Node 20), two threads spent on 20 small
 * clusters half as much processor time again as one (1322 and 877 ms), on 100 of them a fifth (3208 and 2650 ms), on 4 pairs
 * of 5 MB files a third (3412 and 2517 ms), to be divided by the cores: the last two are worth it, the first is not.
 */
const worthwhile = 20_000_000;

/** For how many bytes a pair counts besides those of its files. */
const perPair = 150_000;

/** How many threads to use, this one included. */
export function threadsFor(jobs: readonly Job[], wanted: number | undefined, io: Io): number {
  if (!io.worker || wanted === 1) return 1;
  if (wanted === undefined && !pays(jobs, io)) return 1;
  return Math.min(wanted ?? availableParallelism(), jobs.length);
}

function pays(jobs: readonly Job[], io: Io): boolean {
  const size = (file: string): number => statSync(resolve(io.cwd, file), { throwIfNoEntry: false })?.size ?? 0;
  let work = 0;
  for (const { first, second } of jobs) {
    work += perPair + size(first) + size(second);
    if (work > worthwhile) return true;
  }
  return false;
}

/** How jobs are settled. */
export interface Threading {
  /** Threads, this one included. */
  readonly count: number;
  readonly pictures: boolean;
  readonly onDone: ((done: number, total: number) => void) | undefined;
  /** Whether an error ends everything. */
  readonly isFatal: (error: unknown) => boolean;
}

/**
 * Settles the jobs in several threads. Each takes the next job as soon as it is free, this thread too, which is already
 * at work while the others start. In the order of the jobs, up to the first whose error is fatal: jobs are taken in order,
 * so that is the same one as in a single thread.
 */
export async function settleInThreads(
  { jobs, rules }: Work,
  io: Io,
  { count, pictures, onDone, isFatal }: Threading,
): Promise<readonly Settled[]> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const settled: Settled[] = [];
  let done = 0;
  let crash: unknown;
  const stop = (): number => Atomics.store(next, 0, jobs.length);
  const take = (index: number, outcome: Settled): void => {
    settled[index] = outcome;
    if ("error" in outcome && isFatal(outcome.error)) stop();
    else onDone?.(++done, jobs.length);
  };
  const workerData: Assignment = {
    cwd: io.cwd,
    jobs: packJobs(jobs),
    rules: rules.map(({ id }) => id),
    pictures,
    next,
  };
  const workers = Array.from({ length: count - 1 }, () => {
    const worker = new Worker(io.worker!, { workerData });
    worker.on("message", (message: { index: number; outcome: PackedOutcome }) =>
      take(message.index, unpackOutcome(message.outcome)),
    );
    worker.on("error", (error) => {
      crash ??= error;
      stop();
    });
    return new Promise<void>((ended) => {
      worker.on("exit", () => ended());
    });
  });
  for (let index = Atomics.add(next, 0, 1); index < jobs.length; index = Atomics.add(next, 0, 1)) {
    take(index, await settle(jobs[index]!, rules, io, pictures));
    await turn();
  }
  await Promise.all(workers);
  if (crash !== undefined) throw crash;
  const end = settled.findIndex((outcome) => outcome && "error" in outcome && isFatal(outcome.error));
  const wanted = end === -1 ? jobs.length : end + 1;
  // A worker that ended by itself took a job with it.
  for (let index = 0; index < wanted; index++) {
    if (!settled[index]) throw new BugError("a worker thread ended before its work was done");
  }
  return settled.slice(0, wanted);
}
