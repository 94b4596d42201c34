import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { type Cluster, clusterOf } from "../cluster/cluster.ts";
import { compareText, type Severity } from "../diagnostic.ts";
import type { LintSettings } from "../lint.ts";
import type { Config } from "../model/config.ts";
import { rules } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import type { ConfigFile, ConfiguredCluster, ProxmoxRequest } from "./config-file.ts";
import { findConfig } from "./find-config.ts";
import { readPair } from "./input.ts";
import { type Io, UsageError } from "./io.ts";
import { suggestion } from "./nearest.ts";
import type { Arguments } from "./options.ts";
import { shownPath } from "./paths.ts";

/** One pair to lint. */
export interface Job {
  /** Of the cluster in the configuration file; undefined for a pair that it does not list. */
  readonly name: string | undefined;
  readonly first: string;
  readonly second: string;
  /** Which of the two is the primary, if the user or the configuration file says so. */
  readonly primary: "first" | "second" | undefined;
  /** The hypervisor's files; undefined if none were named. */
  readonly proxmox: ProxmoxRequest | undefined;
  readonly settings: LintSettings;
}

/** What a command line and the configuration file ask for. */
export interface Work {
  /** By name. */
  readonly jobs: readonly Job[];
  readonly rules: readonly Rule[];
  readonly failOn: Severity | "never";
  readonly maxWarnings: number | undefined;
  /** The most threads that lint at once; undefined: as many as pay. */
  readonly threads: number | undefined;
  readonly config: ConfigFile | undefined;
}

/** The pair of the command line, or without files every cluster of the configuration file. */
export async function workFrom(args: Arguments, io: Io): Promise<Work> {
  const config = await configFrom(args, io);
  const settings = settingsFrom(args, config, io);
  const { first, second } = args;
  return {
    jobs:
      first === undefined
        ? clusterJobs(args, config, settings, io)
        : [pairJob(String(first), String(second), args, config, settings, io)],
    rules: chosenRules(args),
    failOn: (args["fail-on"] as Severity | "never" | undefined) ?? config?.failOn ?? "error",
    maxWarnings: (args["max-warnings"] as number | undefined) ?? config?.maxWarnings,
    threads: threadsFrom(args),
    config,
  };
}

/** Everything that is read. */
export const inputsOf = ({ jobs, config }: Work): readonly string[] => [
  ...jobs.flatMap(({ first, second, proxmox }) => [first, second, ...(proxmox?.files ?? [])]),
  ...(config ? [config.path] : []),
];

/** Reads the pair of a job. */
export async function openPair(job: Job, io: Io): Promise<Cluster> {
  const [first, second] = await readPair(job.first, job.second, io);
  const proxmox = job.proxmox && {
    files: await (await import("./proxmox.ts")).readProxmoxInputs(job.proxmox.files, io),
    hints: job.proxmox.hints,
  };
  return clusterOf(first, second, chosen(job, first, second), proxmox);
}

const chosen = ({ primary }: Job, first: Config, second: Config): Config | undefined =>
  primary === "first" ? first : primary === "second" ? second : undefined;

/** The configuration file that the command line names, or that lies around. */
export async function configFrom(args: Arguments, io: Io): Promise<ConfigFile | undefined> {
  const named = args["config"] as string | undefined;
  if (named === "") throw new UsageError("--config: expected the name of a file, found an empty one");
  if (args["no-config"] === true) {
    if (named !== undefined) throw new UsageError("--config and --no-config contradict each other");
    return undefined;
  }
  const path = named === undefined ? findConfig(io.cwd) : resolve(io.cwd, named);
  if (path === undefined) return undefined;
  const { loadConfigFile } = await import("./config-file.ts");
  return loadConfigFile(path, io.cwd);
}

function clusterJobs(args: Arguments, config: ConfigFile | undefined, settings: LintSettings, io: Io): readonly Job[] {
  if (args["proxmox"] !== undefined)
    throw new UsageError("--proxmox needs two files; the configuration file says it of its clusters");
  if (args["primary"] !== undefined)
    throw new UsageError("--primary needs two files; the configuration file says it of its clusters");
  if (!config) {
    throw new UsageError(
      `no files to lint: name the two config.xml exports of a pair, or list clusters in a pfha-lint.yaml (none in ${io.cwd} or above)`,
    );
  }
  if (config.clusters.length === 0)
    throw new UsageError(`${config.source.path}: lists no clusters, and no files were named`);
  const jobs = config.clusters.map((cluster) => clusterJob(cluster, config, settings, io));
  return ofShard(
    jobs.sort((a, b) => compareText(a.name ?? "", b.name ?? "")),
    args["shard"] as string | undefined,
  );
}

/** The job of a cluster of the configuration file, which says which node is which. */
export function clusterJob(cluster: ConfiguredCluster, config: ConfigFile, settings: LintSettings, io: Io): Job {
  const { name, primary, secondary } = cluster;
  const accepted = config.accepted.filter((entry) => entry.cluster === name);
  return {
    name,
    first: shownPath(primary, io.cwd),
    second: shownPath(secondary, io.cwd),
    primary: "first",
    proxmox: cluster.proxmox && {
      ...cluster.proxmox,
      files: cluster.proxmox.files.map((file) => shownPath(file, io.cwd)),
    },
    settings: { ...settings, name, accepted },
  };
}

function pairJob(
  first: string,
  second: string,
  args: Arguments,
  config: ConfigFile | undefined,
  settings: LintSettings,
  io: Io,
): Job {
  if (args["shard"] !== undefined)
    throw new UsageError("--shard splits the clusters of the configuration file, not a pair");
  const primary = chosenPrimary(args, first, second, io);
  const files = args["proxmox"] as string[] | undefined;
  const named = files && { files, hints: {} };
  const cluster = config?.clusters.find((one) => isPair(one, first, second, io));
  if (!config || (!cluster && config.clusters.length > 0))
    return { name: undefined, first, second, primary, proxmox: named, settings };
  const accepted = config.accepted.filter((entry) => entry.cluster === cluster?.name);
  const listed = cluster && (samePath(cluster.primary, first, io) ? "first" : "second");
  return {
    name: cluster?.name,
    first,
    second,
    primary: primary ?? listed,
    proxmox: named ?? cluster?.proxmox,
    settings: { ...settings, name: cluster?.name, accepted },
  };
}

const isPair = ({ primary, secondary }: ConfiguredCluster, first: string, second: string, io: Io): boolean =>
  (samePath(primary, first, io) && samePath(secondary, second, io)) ||
  (samePath(primary, second, io) && samePath(secondary, first, io));

function samePath(a: string, b: string, { cwd }: Io): boolean {
  return b !== "-" && real(resolve(cwd, a)) === real(resolve(cwd, b));
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function chosenPrimary(args: Arguments, first: string, second: string, io: Io): Job["primary"] {
  const wanted = args["primary"] as string | undefined;
  if (wanted === undefined) return undefined;
  const matches = (file: string): boolean => file === wanted || samePath(wanted, file, io);
  if (matches(first)) return "first";
  if (matches(second)) return "second";
  throw new UsageError(`--primary ${wanted}: expected one of the two files, ${first} or ${second}`);
}

/** Every n-th job from the i-th on; so that all shards together are all jobs. */
function ofShard(jobs: readonly Job[], shard: string | undefined): readonly Job[] {
  if (shard === undefined) return jobs;
  const [, index = "", count = ""] = /^(\d+)\/(\d+)$/.exec(shard) ?? [];
  const [i, n] = [Number(index), Number(count)];
  if (i < 1 || i > n) throw new UsageError(`--shard ${shard}: expected I/N with I from 1 to N, as in 2/10`);
  return jobs.filter((_, position) => position % n === i - 1);
}

/** Also in tests and messages of other commands. */
export function ruleId(id: string): string {
  if (rules.some((rule) => rule.id === id)) return id;
  const known = rules.map((rule) => rule.id);
  throw new UsageError(`unknown rule ${id}${suggestion(id, known)}`);
}

function threadsFrom(args: Arguments): number | undefined {
  const threads = args["jobs"] as number | undefined;
  if (threads === undefined || (Number.isInteger(threads) && threads >= 1)) return threads;
  throw new UsageError(`--jobs ${threads}: expected a whole number, 1 or more`);
}

function chosenRules(args: Arguments): readonly Rule[] {
  const only = (args["only"] as string[] | undefined)?.flatMap((word) => word.split(",")).map(ruleId);
  return only ? rules.filter(({ id }) => only.includes(id)) : rules;
}

/** The settings of every pair: those of the configuration file, and over them those of the command line. */
export function settingsFrom(args: Arguments, config: ConfigFile | undefined, io: Io): LintSettings {
  const severities = new Map<string, Severity | "off">(config?.severities);
  for (const word of (args["rule"] as string[] | undefined) ?? []) {
    const [id = "", severity = ""] = word.split("=");
    if (!["off", "info", "warning", "error"].includes(severity)) {
      throw new UsageError(`--rule ${word}: expected ID=off, info, warning or error`);
    }
    severities.set(ruleId(id), severity as Severity | "off");
  }
  return {
    severities,
    options: config?.options ?? new Map(),
    verifyPasswords: args["no-verify-passwords"] !== true,
    today: today(io),
  };
}

/** The local date, as `2026-11-24`. */
function today(io: Io): string {
  const now = io.now?.() ?? new Date();
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
