import { availableParallelism } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { BugError, type Io } from "./io.ts";
import type { Job, Work } from "./jobs.ts";
import { type Settled, settle } from "./lint-job.ts";
import { type Assignment, type PackedOutcome, packJobs, unpackOutcome } from "./thread-messages.ts";

/**
 * From how many clusters on threads pay. Starting one costs some 35 ms, and then it runs code that nothing has optimised yet:
 * a thread's first small pair takes 90 ms, a later one 10; and the one thread leaves much of collecting garbage and
 * compiling to other cores already. Measured with 2 cores (Node 20), one thread and two: 20 small clusters 586 and 607 ms,
 * 100 of them 1620 and 1622 ms, 300 of them 3572 and 3286 ms; 4 pairs of 5 MB files 894 and 1044 ms, 12 of them 2472 and
 * 3407 ms. So the number counts, and the size of the files does not.
 */
const worthwhile = 250;

/** How many threads to use, this one included. */
export function threadsFor(jobs: readonly Job[], wanted: number | undefined, io: Io): number {
  if (!io.worker || (wanted === undefined && jobs.length < worthwhile)) return 1;
  return Math.min(wanted ?? availableParallelism(), jobs.length);
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
