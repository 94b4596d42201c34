import type { Report } from "../diagnostic.ts";
import { lintCluster } from "../lint.ts";
import type { Picture } from "../picture.ts";
import type { Rule } from "../rules/rule.ts";
import { milliseconds } from "./clock.ts";
import type { Io } from "./io.ts";
import { type Job, openPair } from "./jobs.ts";

/** What became of one pair. */
export interface Linted {
  readonly report: Report;
  /** What HTML draws, if it was asked for and something is known of the pair. */
  readonly picture: Picture | undefined;
  /** Milliseconds. */
  readonly spent: { readonly reading: number; readonly linting: number };
}

/** A pair that was linted, or why it was not. */
export type Settled = { readonly linted: Linted } | { readonly error: unknown };

/** Lints one pair; what is thrown is part of the outcome. */
export async function settle(job: Job, rules: readonly Rule[], io: Io, pictures: boolean): Promise<Settled> {
  try {
    const start = milliseconds();
    const cluster = await openPair(job, io);
    const opened = milliseconds();
    const report = await lintCluster(cluster, rules, job.settings);
    const spent = { reading: opened - start, linting: milliseconds() - opened };
    const picture = pictures ? (await import("./picture.ts")).pictureOf(cluster) : undefined;
    return { linted: { report, picture, spent } };
  } catch (error) {
    return { error };
  }
}
