import type { FilterRule } from "../../model/filter.ts";
import type { Span } from "../../source.ts";
import { type Answer, isDoubt, negate } from "./answer.ts";
import type { Flow } from "./packet.ts";
import type { AddressSet, Point, PortSet } from "./sets.ts";

/** What pfSense's own rules are about. */
export type AutomaticKind =
  | "filter-off"
  | "no-ipv6"
  | "nat64-reserved"
  | "link-local"
  | "default-deny"
  | "icmpv6"
  | "port-0"
  | "carp-self"
  | "carp"
  | "captive-portal"
  | "dhcp-client"
  | "bogons"
  | "antispoof"
  | "private"
  | "pptp"
  | "dhcp-server"
  | "dhcp-failover"
  | "dhcp-relay"
  | "dhcpv6-server"
  | "tunnel-6in4"
  | "loopback"
  | "let-out"
  | "ipsec-internal"
  | "anti-lockout"
  | "static-route"
  | "ipsec";

/** A rule that pfSense generates by itself. */
export interface AutomaticRule {
  readonly kind: AutomaticKind;
  /** pf's label, or what comes nearest to one. */
  readonly label: string;
  /** The setting that makes it, where one does. */
  readonly at?: Span | undefined;
}

/** Addresses to match; negated, all others. */
export interface End {
  readonly set: AddressSet;
  readonly not: boolean;
}

/** One line of pf's rule set, compiled. What is undefined does not matter. */
export interface PfRule {
  readonly action: "pass" | "block" | "match";
  readonly quick: boolean;
  readonly direction: "in" | "out" | undefined;
  /** Interfaces, groups and pseudo interfaces. */
  readonly on: ReadonlySet<string> | undefined;
  /** Any interface but this one. */
  readonly notOn?: string;
  readonly family: 4 | 6 | undefined;
  readonly protocols: ReadonlySet<number> | undefined;
  /** Any of these will do. */
  readonly source: readonly End[] | undefined;
  readonly destination: readonly End[] | undefined;
  readonly sourcePorts?: PortSet | undefined;
  readonly ports?: PortSet | undefined;
  readonly icmpTypes?: ReadonlySet<number> | undefined;
  /** The tag that the packet must have, or must not have. */
  readonly tagged?: { readonly tag: string; readonly not: boolean } | undefined;
  /** The tag that a match leaves on the packet. */
  readonly tag?: string | undefined;
  /** Why it may not be loaded, or may not match, although all that the file tells says so. */
  readonly doubt?: string | undefined;
  readonly origin: FilterRule | AutomaticRule;
}

export const isAutomatic = (origin: FilterRule | AutomaticRule): origin is AutomaticRule => "kind" in origin;

/** Whether a rule can apply to any packet of this direction, family and protocol on an interface of these names. */
export function concerns(rule: PfRule, flow: Flow, names: ReadonlySet<string>): boolean {
  if (rule.direction !== undefined && rule.direction !== flow.direction) return false;
  if (rule.family !== undefined && rule.family !== flow.family) return false;
  if (rule.protocols !== undefined && !rule.protocols.has(flow.protocol)) return false;
  if (rule.notOn !== undefined && names.has(rule.notOn)) return false;
  if (rule.on === undefined) return true;
  for (const name of names) if (rule.on.has(name)) return true;
  return false;
}

/** Whether a rule that concerns a packet matches it. The cheap questions come first; no closures, this is run often. */
export function matches(rule: PfRule, flow: Flow, tags: Tags): Answer {
  const { ports, sourcePorts, icmpTypes, source, destination, tagged } = rule;
  let answer = ports ? ports.has(flow.port) : true;
  if (answer !== false && sourcePorts) answer = both(answer, sourcePorts.has(flow.sourcePort));
  if (answer !== false && icmpTypes) answer = both(answer, icmpTypes.has(flow.icmpType ?? -1));
  if (answer !== false && source) answer = both(answer, isAmong(source, flow.source));
  if (answer !== false && destination) answer = both(answer, isAmong(destination, flow.destination));
  if (answer !== false && tagged) answer = both(answer, tags.has(tagged));
  return answer === true ? (rule.doubt ?? true) : answer;
}

/** The answer to two questions of which the first is not answered with no. */
const both = (first: Answer, second: Answer): Answer => (second === false || first === true ? second : first);

/** Whether an address is in one of several ends. */
function isAmong(ends: readonly End[], point: Point): Answer {
  let doubt: Answer = false;
  for (const { set, not } of ends) {
    const found = set.has(point);
    const answer = not ? negate(found) : found;
    if (answer === true) return true;
    if (doubt === false) doubt = answer;
  }
  return doubt;
}

/** The tag on a packet while it goes through the rules: the last one that a match left. */
export class Tags {
  #tag: string | undefined;
  #doubt: string | undefined;

  set(tag: string, match: Answer): void {
    if (isDoubt(match)) this.#doubt = match;
    else {
      this.#tag = tag;
      this.#doubt = undefined;
    }
  }

  has({ tag, not }: { readonly tag: string; readonly not: boolean }): Answer {
    return this.#doubt ?? (this.#tag === tag) !== not;
  }
}
