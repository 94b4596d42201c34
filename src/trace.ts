import type { Source, Span } from "./source.ts";

/** A packet to trace, as a person writes it: the first of a connection. */
export interface TraceQuery {
  /** Key of an interface, or `openvpn`, `enc0` and the like for tunnels. */
  readonly interface: string;
  /** Seen from the firewall. */
  readonly direction: "in" | "out";
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  /** Destination port; null where the protocol has none. */
  readonly port: number | null;
  /** Source port; null for any ordinary one. */
  readonly sourcePort: number | null;
  /** The verdict that it should have, if somebody said so. */
  readonly expect: "pass" | "block" | null;
}

/** What the packet filter does with a packet; `unknown` where what no file tells would change the answer. */
export type Verdict = "pass" | "block" | "unknown";

/** A rule of the file that decides. */
export interface TracedRule {
  readonly subject: string;
  /** `rule "Allow pfsync" on opt1`. */
  readonly title: string;
  readonly description: string;
  readonly at: Span;
}

/** The outcome of one query. */
export interface TraceResult {
  readonly query: TraceQuery;
  readonly verdict: Verdict;
  /** Undefined if one of pfSense's own rules decides, or if it cannot be told. */
  readonly rule: TracedRule | undefined;
  /** The label of pfSense's own rule that decides; undefined if none does. */
  readonly automatic: string | undefined;
  /** Where what decides is set, as far as that is in the file. */
  readonly at: Span | undefined;
  readonly why: string;
  /** What no file tells about it. */
  readonly doubts: readonly string[];
  /** What would let a blocked packet in: a verb first, no full stop. */
  readonly help: string | undefined;
}

/** Packets traced through one configuration. */
export interface Trace {
  readonly source: Source;
  /** `hostname.domain` as far as the file tells. */
  readonly node: string;
  readonly results: readonly TraceResult[];
}

/** Whether a query has the verdict that it should have. */
export const holds = ({ query, verdict }: TraceResult): boolean => query.expect === null || query.expect === verdict;
