import type { Cluster } from "../cluster/cluster.ts";
import type { Fault } from "../model/read.ts";
import type { DraftFix, Problem } from "./rule.ts";

/** What pfSense's reader would not take of either file, of the given kinds. */
export function* faultProblems(
  cluster: Cluster,
  kinds: readonly Fault["kind"][],
  fixOf?: (fault: Fault) => DraftFix | undefined,
): Iterable<Problem> {
  for (const { config } of cluster.nodes) {
    for (const fault of config.faults) {
      if (!kinds.includes(fault.kind) || fault.packages) continue;
      const { at, message, related, help } = fault;
      yield { at, message, related, help, subject: `xml/${fault.kind}`, fix: fixOf?.(fault) };
    }
  }
}
