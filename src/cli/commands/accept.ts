import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic, Report } from "../../diagnostic.ts";
import { count, printable } from "../../report/printable.ts";
import { acceptedFindingCurrent } from "../../rules/accepted-finding-current.ts";
import { type AcceptedEntry, editAccepted } from "../accepted.ts";
import { type ConfigFile, type ConfiguredAcceptance, isDate, parseConfigFile } from "../config-file.ts";
import { configNames } from "../find-config.ts";
import { exitCodes, InputError, type Io, UsageError } from "../io.ts";
import { type Work, workFrom } from "../jobs.ts";
import { lintAll } from "../lint-all.ts";
import type { Arguments } from "../options.ts";
import { writeFile } from "../write.ts";

/** Records today's diagnostics in the configuration file as accepted, or removes entries that accept nothing. */
export async function accept(args: Arguments, io: Io): Promise<number> {
  const reason = args["reason"] as string | undefined;
  const prune = args["prune"] === true;
  if (reason === undefined && !prune) throw new UsageError('why are they accepted? Say it with --reason "…"');
  if (reason?.trim() === "") throw new UsageError("--reason: expected a text, found an empty one");
  if (args["no-config"] === true) throw new UsageError("accepted findings are kept in the configuration file");
  const work = withJudge(await workFrom(args, io));
  const { run, errors } = await lintAll(work, io);
  const unread = errors[0]?.message ?? unreadable(run.reports);
  if (unread !== undefined) throw new InputError(`${unread}; nothing was written`);
  const config = work.config ?? newConfig(io);
  const added = reason === undefined ? [] : entries(run.reports, config, reason, args);
  const removed = config.accepted.filter(
    (entry) => (prune && isStale(entry, run.reports)) || added.some((one) => isSame(one, entry)),
  );
  if (added.length > 0 || removed.length > 0) write(config, removed, added, io);
  io.stdout.write(told(config, removed, added));
  return exitCodes.ok;
}

/** The rule that tells which entries are stale is asked in any case. */
function withJudge(work: Work): Work {
  const { id, severity } = acceptedFindingCurrent;
  return {
    ...work,
    rules: [...work.rules.filter((rule) => rule.id !== id), acceptedFindingCurrent],
    jobs: work.jobs.map((job) => {
      const severities = new Map([...(job.settings.severities ?? []), [id, severity] as const]);
      return { ...job, settings: { ...job.settings, severities } };
    }),
  };
}

const unreadable = (reports: readonly Report[]): string | undefined => {
  const report = reports.find(({ readable }) => !readable);
  return (
    report && `${report.primary.source.path} and ${report.secondary.source.path}: pfSense would refuse one of them`
  );
};

/** A configuration file that holds nothing yet. */
const newConfig = ({ cwd }: Io): ConfigFile => parseConfigFile(join(cwd, configNames[0]!), "", cwd);

function entries(
  reports: readonly Report[],
  config: ConfigFile,
  reason: string,
  args: Arguments,
): readonly AcceptedEntry[] {
  const until = args["until"] as string | undefined;
  if (until !== undefined && !isDate(until))
    throw new UsageError(`--until ${until}: expected a day such as 2027-06-30`);
  const subjects = args["subject"] as readonly string[] | undefined;
  const byKey = new Map<string, AcceptedEntry>();
  for (const { name, diagnostics } of reports) {
    if (name === undefined && config.clusters.length > 0) {
      throw new UsageError(
        `${config.source.path}: lists clusters, but not this pair; add it, then accept its findings`,
      );
    }
    for (const { rule, subject } of diagnostics.filter(isAcceptable)) {
      if (subjects && !subjects.includes(subject)) continue;
      byKey.set([name, rule, subject].join("\n"), { rule, cluster: name, subject, reason, until });
    }
  }
  return [...byKey.values()];
}

/** What is wrong with the list itself is no finding about the pair. */
const isAcceptable = ({ node }: Diagnostic): boolean => node !== undefined;

/** Judged by the rule accepted-finding-current, which says so. */
const isStale = ({ at, rule, subject }: ConfiguredAcceptance, reports: readonly Report[]): boolean =>
  reports.some(({ diagnostics }) =>
    diagnostics.some((one) => one.at === at && one.subject === `accepted/${rule}/${subject}`),
  );

const isSame = (a: AcceptedEntry, b: AcceptedEntry): boolean =>
  a.rule === b.rule && a.cluster === b.cluster && a.subject === b.subject;

function write(
  config: ConfigFile,
  removed: readonly ConfiguredAcceptance[],
  added: readonly AcceptedEntry[],
  { cwd }: Io,
): void {
  const indices = new Set(removed.map((entry) => config.accepted.indexOf(entry)));
  const text = editAccepted(config.source.text, /\.jsonc?$/.test(config.path), indices, added);
  parseConfigFile(config.path, text, cwd);
  const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
  const manner = existsSync(config.path) ? { before: bytes(config.source.text) } : { fresh: true };
  writeFile(config.source.path, config.path, bytes(text), manner);
}

function told(config: ConfigFile, removed: readonly AcceptedEntry[], added: readonly AcceptedEntry[]): string {
  const line = (sign: string, { rule, cluster, subject }: AcceptedEntry): string =>
    `  ${sign} ${printable([...(cluster === undefined ? [] : [cluster]), rule, subject].join(" "))}\n`;
  const replaced = removed.filter((entry) => added.some((one) => isSame(one, entry)));
  const gone = removed.filter((entry) => !replaced.includes(entry));
  const head = `${printable(config.source.path)}: ${count(added.length, "finding")} accepted, ${count(gone.length, "stale entry").replace("entrys", "entries")} removed\n`;
  return head + added.map((entry) => line("+", entry)).join("") + gone.map((entry) => line("-", entry)).join("");
}
