import { parseAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { FilterRule } from "../model/filter.ts";
import type { Trace, TracedRule, TraceQuery, TraceResult } from "../trace.ts";
import { filterOf, type Packet } from "./packet-filter/index.ts";
import { remedyFor } from "./packet-filter/remedy.ts";

/** Traces packets through the rules that pfSense generates from a configuration. */
export function trace(config: Config, queries: readonly TraceQuery[]): Trace {
  return {
    source: config.source,
    node: config.system.fullName,
    results: queries.map((query) => traceOne(config, query)),
  };
}

function traceOne(config: Config, query: TraceQuery): TraceResult {
  const packet = packetOf(query);
  const decision = filterOf(config).decide(packet);
  const { verdict, rule, automatic, label, at, why, doubts } = decision;
  return {
    query,
    verdict,
    rule: rule && tracedRule(rule),
    automatic: automatic && label,
    at,
    why,
    doubts,
    help: verdict === "block" ? remedyFor(config, packet, decision) : undefined,
  };
}

const tracedRule = (rule: FilterRule): TracedRule => ({
  subject: rule.subject,
  title: rule.title,
  description: rule.descr.text,
  at: rule.at,
});

/** @throws RangeError for a source or destination that is no address */
function packetOf({ source, destination, port, sourcePort, ...query }: TraceQuery): Packet {
  const [from, to] = [parseAddress(source), parseAddress(destination)];
  if (!from || !to) throw new RangeError("a query needs two addresses");
  return { ...query, source: from, destination: to, port: port ?? undefined, sourcePort: sourcePort ?? undefined };
}
