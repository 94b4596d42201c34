import { filterOf } from "../behaviour/packet-filter/index.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
import { parseNetwork } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { FilterRule } from "../model/filter.ts";
import { blockage, opening, outcome, subjectOf, type Traffic, titleOf } from "./_pass.ts";
import type { Problem } from "./rule.ts";

/**
 * A problem about traffic that the secondary keeps out once a sync has given it the primary's rules.
 * @param back the same traffic the other way round, as the primary gets it
 */
export function* lostInSync(
  { primary }: Cluster,
  after: Config,
  traffic: Traffic,
  back: Traffic | undefined,
): Iterable<Problem> {
  const decision = blockage(after, traffic);
  if (!decision) return;
  const own = back && filterOf(primary).decide(back.packet);
  const rule = own?.verdict === "pass" ? own.rule : undefined;
  const why = rule && whyNot(after, rule);
  yield {
    at: rule?.at ?? primary.tree.section("filter").at,
    message: `${titleOf(traffic)} on ${traffic.entry.title}: expected to pass on the secondary after a sync, found ${outcome(decision)}${why ? `; ${why.message}` : ""}`,
    subject: subjectOf(traffic),
    related: [
      ...(why?.related ?? []),
      ...(decision.rule ? [{ at: decision.rule.at, message: "this rule decides there" }] : []),
    ],
    fix: opening(primary, traffic, decision, after),
    help: `give the primary a rule on ${traffic.entry.title} that fits on both nodes, in front of what blocks it`,
  };
}

/** What becomes of a rule of the primary on the secondary, and what in it is to blame. */
function whyNot(after: Config, rule: FilterRule): { readonly message: string; readonly related: readonly Related[] } {
  if (rule.nosync.present) {
    return {
      message: `${rule.title} is not synchronised`,
      related: [{ at: rule.nosync.at, message: "it stays on the primary" }],
    };
  }
  const reason = filterOf(after).leftOut.find((entry) => entry.rule.tree === rule.tree)?.reason;
  if (reason !== undefined) return { message: `${rule.title} is left out there: ${reason}`, related: [] };
  const ends = [rule.source, rule.destination].filter((end) => parseNetwork(end.address.text));
  return {
    message: `${rule.title} fits the primary only`,
    related: ends.map(({ address }) => ({ at: address.at, message: "a literal address" })),
  };
}
