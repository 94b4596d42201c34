import type { Cluster } from "../../cluster/cluster.ts";
import type { NodeRole } from "../../diagnostic.ts";
import type { Config } from "../../model/config.ts";
import type { Effect } from "../../simulation.ts";

/** VIPs going from one node to the other. */
export interface Move {
  readonly cluster: Cluster;
  readonly from: NodeRole;
  readonly to: NodeRole;
  /** Whether hosts on an interface still reach the node that the VIPs left. */
  reaches(key: string): boolean;
}

export const left = ({ cluster, from }: Move): Config => cluster[from];
export const reached = ({ cluster, to }: Move): Config => cluster[to];

export const otherRole = (role: NodeRole): NodeRole => (role === "primary" ? "secondary" : "primary");

/** An effect maker of one topic. */
export const effectOn =
  (topic: Effect["topic"]) =>
  (outcome: Effect["outcome"], message: string): Effect => ({ topic, outcome, message });

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
