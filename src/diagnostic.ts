import type { Source, Span } from "./source.ts";

/** error: failover breaks or the nodes fight. warning: works until something else happens. info: it only surprises. */
export type Severity = "error" | "warning" | "info";

/** What stands in the place of a secret, whatever its length. */
export const mask = "••••••••";

/** From worst to mildest. */
export const severities: readonly Severity[] = ["error", "warning", "info"];

/** Whether `severity` is at least as bad as `threshold`. */
export const atLeast = (severity: Severity, threshold: Severity): boolean =>
  severities.indexOf(severity) <= severities.indexOf(threshold);

/** Another place that proves the point, often in the other node's file. */
export interface Related {
  readonly at: Span;
  readonly message: string;
}

/** One replacement in one source. The text is raw: it goes into the file as it stands. */
export interface Edit {
  readonly at: Span;
  readonly text: string;
  /** Whether the text holds a secret value: then no output shows it. */
  readonly secret?: true;
  /** Whether it adds entries to a list: then another fix may add some at the same place. */
  readonly entry?: true;
}

/** A titled remedy that applies whole or not at all. */
export interface Fix {
  readonly title: string;
  /** Whether it may be applied unasked: it changes no traffic in a way that the pair's own XMLRPC sync would not. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** A finding, signed with its rule and severity: all that a reporter needs to know about it. */
export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly at: Span;
  /** "primary" or "secondary" for a place in one of the two exports, undefined elsewhere (configuration file). */
  readonly node: NodeRole | undefined;
  /** Path of the element, as `/pfsense/virtualip/vip[2]/advskew`. */
  readonly path: string;
  /** What it is about, stable from save to save, as `vip/wan/10`: accepted findings are matched by it. */
  readonly subject: string;
  /** Subject first, then "expected …, found …"; no full stop. */
  readonly message: string;
  readonly related: readonly Related[];
  readonly fix: Fix | undefined;
  /** What a person should do where there is no fix. */
  readonly help: string | undefined;
  /** What `at` looks like, where the text of its source is not at hand (a diagnostic read from a JSON report). */
  readonly frame?: Frame;
}

/** A source line fit to be shown, and a caret line under the part that is meant. */
export interface Frame {
  readonly line: number;
  readonly text: string;
  readonly caret: string;
}

/** Configured roles. Never master and backup, which are states of a VIP at run time. */
export type NodeRole = "primary" | "secondary";

/** A rule as reporters see it. */
export interface RuleInfo {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly fix: "safe" | "unsafe" | "none";
}

/** One node as reporters see it. */
export interface NodeInfo {
  readonly source: Source;
  /** `hostname.domain` as far as the file tells. */
  readonly name: string;
  /** `<version>`; empty if missing. */
  readonly version: string;
}

/** The outcome of linting one pair. */
export interface Report {
  /** Name of the cluster in the configuration file; undefined for a pair given on the command line. */
  readonly name: string | undefined;
  readonly primary: NodeInfo;
  readonly secondary: NodeInfo;
  /** How it was told which node is the primary. */
  readonly rolesFrom: RoleEvidence;
  readonly diagnostics: readonly Diagnostic[];
  /** Diagnostics that the owners chose to keep. */
  readonly accepted: readonly AcceptedDiagnostic[];
  readonly rulesChecked: number;
  readonly notApplicable: readonly { readonly rule: string; readonly reason: string }[];
  /** What could not be told and had to be left out, with how to say it: for people, not part of a report. */
  readonly notes: readonly string[];
  /** False if pfSense would refuse one of the files: then no fix may be written. */
  readonly readable: boolean;
  /** Spans of values that no output may show, in any source that a diagnostic touches. */
  readonly secrets: readonly Span[];
  /** The rules that were asked, applicable or not. */
  readonly rules: ReadonlyMap<string, RuleInfo>;
}

/** All that a reporter is given. */
export interface Run {
  readonly toolVersion: string;
  readonly exitCode: number;
  /** Mildest severity that makes a run fail. */
  readonly failOn: Severity | "never";
  readonly reports: readonly Report[];
  /** The rules' pages in Markdown, by rule id; only for formats that hold them. */
  readonly pages?: ReadonlyMap<string, string>;
}

/** An entry of the configuration file by which the owners keep what a rule reports about a subject. */
export interface Acceptance {
  readonly rule: string;
  readonly subject: string;
  readonly reason: string;
  /** Last day on which it holds, as `2027-06-30`; undefined for no end. */
  readonly until: string | undefined;
  /** The entry, in the configuration file. */
  readonly at: Span;
  /** Its date. */
  readonly untilAt: Span | undefined;
}

/** A diagnostic that the owners chose to keep. */
export interface AcceptedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly reason: string;
  readonly until: string | undefined;
}

/** What decided which node is the primary. */
export type RoleEvidence = "option" | "target" | "advskew" | "order";

/** Code unit order, the only order used in output: it depends on no locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The one order of everything that is printed: path, offset, end, rule. */
export const compareDiagnostics = (a: Diagnostic, b: Diagnostic): number =>
  compareText(a.at.source.path, b.at.source.path) ||
  a.at.start - b.at.start ||
  a.at.end - b.at.end ||
  compareText(a.rule, b.rule) ||
  compareText(a.message, b.message);
