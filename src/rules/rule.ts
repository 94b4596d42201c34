import type { Cluster } from "../cluster/cluster.ts";
import type { Acceptance, Related, RuleInfo } from "../diagnostic.ts";
import type { DraftEdit } from "../model/edit.ts";
import type { Secret } from "../model/secret.ts";
import type { User } from "../model/system.ts";
import type { Span } from "../source.ts";

/** One healthy condition of a pair, and how to find the places that fall short of it. */
export interface Rule extends RuleInfo {
  /** Options of the configuration file, with what they are when not given. */
  readonly options?: Readonly<Record<string, RuleOption>>;
  /**
   * Whether it compares passwords with hashes, which takes time by design: "only" is not applicable without, "also" has
   * other things to say.
   */
  readonly passwords?: "only" | "also";
  /** Also asked of files that could be read in part only; other rules would take what is cut off for missing. */
  readonly partial?: true;
  /** Asked after all others, for it is about what they found. */
  readonly last?: true;
  /**
   * Why the condition cannot be asked of this pair ("no CARP VIP"), or undefined if it can. Such a rule is not run, and
   * counted as not applicable.
   */
  notApplicable?(cluster: Cluster, context: RuleContext): string | undefined;
  /** Each place where the pair falls short of the condition. Must not change what it is given, nor keep state. */
  check(cluster: Cluster, context: RuleContext): Iterable<Problem>;
}

export interface RuleOption {
  readonly default: unknown;
  /** What it does, for the rule's page. */
  readonly description: string;
  /** JSON Schema of its value. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** What a rule may ask besides the cluster. */
export interface RuleContext {
  /** The rule's own options, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Undefined if passwords are not to be verified. */
  readonly passwords: PasswordVerifier | undefined;
  /** What the owners accept of this pair, and what became of it; for rules that are asked last. */
  readonly accepted: readonly JudgedAcceptance[];
}

export interface JudgedAcceptance extends Acceptance {
  /**
   * stale: its rule was asked and found nothing that it accepts. expired: its date is past, so it accepts nothing any more.
   * unknown: its rule was not asked.
   */
  readonly state: "current" | "stale" | "expired" | "unknown";
}

/** Checks a password against what a file holds of an account's. */
export interface PasswordVerifier {
  /** Undefined if the account holds no hash of a known kind, or a masked one. */
  verify(password: Secret, account: User): boolean | undefined;
}

/** What a rule yields: a diagnostic that is not signed yet. */
export interface Problem {
  /** The place that a person would edit. */
  readonly at: Span;
  /** Subject first, then "expected …, found …"; no full stop, no advice, no secret. */
  readonly message: string;
  /** What it is about, stable from save to save: `vip/wan/10`. */
  readonly subject: string;
  readonly related?: readonly Related[];
  readonly fix?: DraftFix | undefined;
  /** What to do, where there is no fix: a sentence without full stop, beginning with a verb in lower case. */
  readonly help?: string | undefined;
}

/** A remedy as a rule proposes it. */
export interface DraftFix {
  /** What it does, for a person: a verb first, lower case, no full stop. */
  readonly title: string;
  /** Whether it may be applied unasked; only a rule whose `fix` is "safe" may say so. */
  readonly safe: boolean;
  readonly edits: readonly DraftEdit[];
}
