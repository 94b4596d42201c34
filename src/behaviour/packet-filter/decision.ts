import type { FilterRule } from "../../model/filter.ts";
import type { Span } from "../../source.ts";
import type { Verdict } from "../../trace.ts";
import { type AutomaticKind, type AutomaticRule, isAutomatic, type PfRule } from "./pf-rule.ts";

/** What pf does with a packet, and by which rule. */
export interface Decision {
  readonly verdict: Verdict;
  /** The rule of the file that decides; undefined if one of pfSense's own does, or if it cannot be told. */
  readonly rule: FilterRule | undefined;
  /** Which of pfSense's own rules decides. */
  readonly automatic: AutomaticKind | undefined;
  /** The name of what decides: the rule's title, or the label of pfSense's own rule; empty if it cannot be told. */
  readonly label: string;
  /** Where what decides is set, as far as it is in the file. */
  readonly at: Span | undefined;
  /** A sentence without full stop, for a person. */
  readonly why: string;
  /** What cannot be told from the file, whether or not it changes the verdict. */
  readonly doubts: readonly string[];
}

/** A rule that decides, or may decide. */
export interface Outcome {
  readonly rule: PfRule;
  /** Why it may not match after all. */
  readonly doubt: string | undefined;
}

export function filterOff(at: Span): Decision {
  const rule: AutomaticRule = { kind: "filter-off", label: "packet filter switched off", at };
  return { ...named(rule), verdict: "pass", why: "system/disablefilter switches the packet filter off", doubts: [] };
}

/** No answer: pf sees no such packet. */
export const nowhere = (why: string): Decision => ({
  verdict: "unknown",
  rule: undefined,
  automatic: undefined,
  label: "",
  at: undefined,
  why,
  doubts: [why],
});

/** What a list of outcomes, of which at least one is certain, comes to. */
export function decisionOf(outcomes: readonly Outcome[]): Decision {
  const certain = outcomes.find(({ doubt }) => doubt === undefined) ?? outcomes[0];
  if (!certain) throw new Error("a packet that not even the default deny rule matches");
  const doubts = [...new Set(outcomes.flatMap(({ doubt }) => doubt ?? []))];
  const verdict = certain.rule.action as Verdict;
  if (outcomes.every(({ rule }) => rule.action === certain.rule.action)) {
    return { ...named(certain.rule.origin), verdict, why: reason(certain.rule), doubts };
  }
  const open = outcomes.filter(({ rule, doubt }) => doubt !== undefined && rule.action !== certain.rule.action);
  const branches = open.map(({ rule, doubt }) => `${titleOf(rule)} may ${rule.action} it (${doubt})`);
  const why = `cannot be told: ${[...new Set(branches)].join("; ")}, otherwise ${titleOf(certain.rule)} ${does(certain.rule)} it`;
  return { ...nowhere(why), doubts };
}

function named(origin: FilterRule | AutomaticRule): Pick<Decision, "rule" | "automatic" | "label" | "at"> {
  if (isAutomatic(origin)) return { rule: undefined, automatic: origin.kind, label: origin.label, at: origin.at };
  return { rule: origin, automatic: undefined, label: origin.title, at: origin.at };
}

const titleOf = ({ origin }: PfRule): string => (isAutomatic(origin) ? `"${origin.label}"` : origin.title);

const does = ({ action }: PfRule): string => (action === "pass" ? "passes" : "blocks");

function reason(rule: PfRule): string {
  const { origin } = rule;
  if (isAutomatic(origin)) {
    if (origin.kind === "default-deny") return "no rule passes it, so the default deny rule decides";
    const order = rule.quick ? "before any rule of the file" : "and no later rule says otherwise";
    return `pfSense's own rule "${origin.label}" ${does(rule)} it, ${order}`;
  }
  const verb = origin.type.text === "reject" ? "rejects" : does(rule);
  const order = rule.quick ? "the first rule that matches" : "the last rule that matches; it is floating and not quick";
  return `${origin.title} ${verb} it, ${order}`;
}
