import type { Cluster } from "./cluster/cluster.ts";
import {
  type Acceptance,
  type AcceptedDiagnostic,
  compareDiagnostics,
  compareText,
  type Diagnostic,
  type Fix,
  type NodeInfo,
  type Report,
  type RuleInfo,
  type Severity,
} from "./diagnostic.ts";
import type { Config } from "./model/config.ts";
import { type DraftEdit, Unwritable } from "./model/edit.ts";
import { elementPath } from "./model/path.ts";
import { withoutUserInfo } from "./model/secret.ts";
import { secretSpans, secretSpansOfLines } from "./model/secret-spans.ts";
import type { DraftFix, JudgedAcceptance, PasswordVerifier, Problem, Rule, RuleContext } from "./rules/rule.ts";
import type { Source, Span } from "./source.ts";

/** What a run may change about the rules. */
export interface LintSettings {
  /** Name of the cluster in the configuration file. */
  readonly name?: string | undefined;
  /** Severities by rule id; "off" does not run the rule. */
  readonly severities?: ReadonlyMap<string, Severity | "off">;
  /** Options by rule id. */
  readonly options?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** False: passwords are not compared with hashes, which takes time by design. */
  readonly verifyPasswords?: boolean;
  /** What the owners accept of this cluster. */
  readonly accepted?: readonly Acceptance[];
  /** The date, as `2026-11-24`; without it no acceptance is past its date. */
  readonly today?: string | undefined;
}

/** Runs rules over a pair. The outcome depends on nothing but its arguments, and its order not on that of the rules. */
export async function lintCluster(
  cluster: Cluster,
  rules: readonly Rule[],
  settings: LintSettings = {},
): Promise<Report> {
  const active = rules.filter((rule) => settings.severities?.get(rule.id) !== "off");
  const passwords = await passwordVerifier(active, settings);
  const usual = active.filter(({ last }) => !last);
  const first = ask(cluster, usual, { settings, passwords, accepted: [] });
  const found = await signAll(cluster, first.problems);
  const { kept, accepted, judged } = accept(found, settings, first.asked);
  const late = active.filter(({ last }) => last);
  const second = ask(cluster, late, { settings, passwords, accepted: judged });
  const diagnostics = [...kept, ...(await signAll(cluster, second.problems))].sort(compareDiagnostics);
  const notApplicable = [...first.notApplicable, ...second.notApplicable].sort((a, b) => compareText(a.rule, b.rule));
  return {
    name: settings.name,
    primary: nodeInfo(cluster.primary),
    secondary: nodeInfo(cluster.secondary),
    rolesFrom: cluster.rolesFrom,
    diagnostics,
    accepted,
    rulesChecked: active.length - notApplicable.length,
    notApplicable,
    notes: cluster.hypervisor?.notes ?? [],
    readable: cluster.nodes.every(({ config }) => config.loads),
    secrets: secretsNear(cluster, [...diagnostics, ...accepted.map(({ diagnostic }) => diagnostic)]),
    rules: new Map(active.map((rule) => [rule.id, infoOf(rule)])),
  };
}

interface Answers {
  readonly problems: readonly Signed[];
  readonly notApplicable: Report["notApplicable"];
  /** Rules that nothing kept from looking: no file that could not be read, no check that is switched off. */
  readonly asked: ReadonlySet<string>;
}

/** What rules are asked with, besides the cluster. */
interface Asking {
  readonly settings: LintSettings;
  readonly passwords: PasswordVerifier | undefined;
  readonly accepted: RuleContext["accepted"];
}

function ask(cluster: Cluster, rules: readonly Rule[], asking: Asking): Answers {
  const notApplicable: { rule: string; reason: string }[] = [];
  const problems: Signed[] = [];
  const asked = new Set<string>();
  for (const rule of rules) {
    const context = contextOf(rule, asking);
    const prevented = partlyRead(cluster, rule) ?? unverified(rule, asking.passwords);
    if (prevented === undefined) asked.add(rule.id);
    const reason = prevented ?? rule.notApplicable?.(cluster, context);
    if (reason !== undefined) {
      notApplicable.push({ rule: rule.id, reason });
      continue;
    }
    const severity = asking.settings.severities?.get(rule.id) ?? rule.severity;
    if (severity === "off") continue;
    for (const problem of rule.check(cluster, context)) problems.push({ rule, severity, problem });
  }
  return { problems, notApplicable, asked };
}

async function signAll(cluster: Cluster, problems: readonly Signed[]): Promise<readonly Diagnostic[]> {
  const print = await printer(problems);
  return problems.map((one) => sign(cluster, one, print)).sort(compareDiagnostics);
}

interface Accepting {
  readonly kept: readonly Diagnostic[];
  readonly accepted: readonly AcceptedDiagnostic[];
  readonly judged: readonly JudgedAcceptance[];
}

/** Takes out what the owners accept, and says of each acceptance what became of it. */
function accept(found: readonly Diagnostic[], settings: LintSettings, asked: ReadonlySet<string>): Accepting {
  const { accepted: entries = [], today } = settings;
  const covers = (entry: Acceptance, { rule, subject }: Diagnostic): boolean =>
    entry.rule === rule && entry.subject === subject;
  const past = ({ until }: Acceptance): boolean => until !== undefined && today !== undefined && until < today;
  const kept: Diagnostic[] = [];
  const accepted: AcceptedDiagnostic[] = [];
  for (const diagnostic of found) {
    const entry = entries.find((one) => !past(one) && covers(one, diagnostic));
    if (entry) accepted.push({ diagnostic, reason: entry.reason, until: entry.until });
    else kept.push(diagnostic);
  }
  const stateOf = (entry: Acceptance): JudgedAcceptance["state"] => {
    if (!asked.has(entry.rule)) return "unknown";
    if (!found.some((diagnostic) => covers(entry, diagnostic))) return "stale";
    return past(entry) ? "expired" : "current";
  };
  return { kept, accepted, judged: entries.map((entry) => ({ ...entry, state: stateOf(entry) })) };
}

interface Signed {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly problem: Problem;
}

/** Loaded only where some rule asks for it. */
async function passwordVerifier(
  rules: readonly Rule[],
  { verifyPasswords = true }: LintSettings,
): Promise<PasswordVerifier | undefined> {
  if (!verifyPasswords || !rules.some(({ passwords }) => passwords)) return undefined;
  return (await import("./model/passwords.ts")).loadPasswords();
}

const unverified = (rule: Rule, passwords: PasswordVerifier | undefined): string | undefined =>
  rule.passwords === "only" && !passwords ? "passwords are not compared with hashes" : undefined;

function contextOf(rule: Rule, { settings, passwords, accepted }: Asking): RuleContext {
  const defaults = Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default]);
  return {
    options: { ...Object.fromEntries(defaults), ...settings.options?.get(rule.id) },
    passwords,
    accepted,
  };
}

function partlyRead(cluster: Cluster, rule: Rule): string | undefined {
  if (rule.partial) return undefined;
  const cut = cluster.nodes.find(({ config }) => !config.tree.present || config.document?.complete === false);
  return cut && `${cut.config.source.path} could not be read to its end`;
}

/** The printer of new elements is loaded only where some fix holds one. */
async function printer(signed: readonly Signed[]): Promise<(edits: readonly DraftEdit[]) => Fix["edits"]> {
  const needed = signed.some(({ problem }) => problem.fix?.edits.some((edit) => "element" in edit));
  if (needed) return (await import("./model/print.ts")).printEdits;
  return (edits) => edits.filter((edit) => !("element" in edit)) as Fix["edits"];
}

function sign(
  cluster: Cluster,
  { rule, severity, problem }: Signed,
  print: (edits: readonly DraftEdit[]) => Fix["edits"],
): Diagnostic {
  const { at, subject, message, related = [], fix, help } = problem;
  const node = cluster.roleOf(at.source);
  const document = node && cluster[node].source === at.source ? cluster[node].document : undefined;
  return {
    rule: rule.id,
    severity,
    at,
    node,
    path: document ? elementPath(document, at) : "",
    subject: withoutUserInfo(subject),
    message: withoutUserInfo(message),
    related: related.map((other) => ({ ...other, message: withoutUserInfo(other.message) })),
    fix: fix && isFixable(cluster, rule) ? printedFix(rule, fix, print) : undefined,
    help: help === undefined ? undefined : withoutUserInfo(help),
  };
}

/**
 * What a file that pfSense refuses holds is no model for the other one, and it is not rewritten; only what keeps it from
 * loading may be put right.
 */
const isFixable = ({ nodes }: Cluster, rule: Rule): boolean =>
  rule.partial === true || nodes.every(({ config }) => config.loads);

/** The fix as it is offered; none where it would write what no XML file can hold. */
function printedFix(rule: Rule, fix: DraftFix, print: (edits: readonly DraftEdit[]) => Fix["edits"]): Fix | undefined {
  const { safe } = trusted(rule, fix);
  if (fix.edits.some((edit) => "impossible" in edit)) return undefined;
  try {
    const edits = print(fix.edits).map((edit) =>
      withoutUserInfo(edit.text) === edit.text ? edit : { ...edit, secret: true as const },
    );
    return { title: withoutUserInfo(fix.title), safe, edits };
  } catch (error) {
    if (error instanceof Unwritable) return undefined;
    throw error;
  }
}

/** A rule that offers more than its metadata promises is broken. */
function trusted(rule: RuleInfo, fix: DraftFix): DraftFix {
  if (rule.fix === "none" || (fix.safe && rule.fix !== "safe")) {
    throw new Error(`the rule ${rule.id} offers a fix that its metadata does not promise`);
  }
  return fix;
}

const nodeInfo = (config: Config): NodeInfo => ({
  source: config.source,
  name: config.system.fullName,
  version: config.version.text,
});

const infoOf = ({ id, severity, summary, fix }: Rule): RuleInfo => ({ id, severity, summary, fix });

/** Secret values on the lines that a reporter may show, the first of each place; each is searched once. */
function secretsNear(cluster: Cluster, diagnostics: readonly Diagnostic[]): readonly Span[] {
  const documents = new Map<Source, Config["document"]>(
    cluster.nodes.map(({ config }) => [config.source, config.document]),
  );
  const lines = new Map<Source, Set<number>>();
  for (const { at, related, fix } of diagnostics) {
    for (const place of [at, ...related.map((other) => other.at), ...(fix?.edits.map((edit) => edit.at) ?? [])]) {
      const { source, start } = place;
      const known = lines.get(source) ?? new Set();
      lines.set(source, known.add(source.position(start).line));
    }
  }
  const seen = new Map<string, Span>();
  for (const [source, numbers] of lines) {
    const document = documents.get(source);
    for (const line of numbers) {
      const [from, to] = [source.lineStart(line), source.lineStart(line + 1)];
      const found = document ? secretSpans(document, from, to) : secretSpansOfLines(source, from, to);
      for (const span of found) seen.set(`${source.path}:${span.start}:${span.end}`, span);
    }
  }
  return [...seen.values()];
}
