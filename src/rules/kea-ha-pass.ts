import type { Decision } from "../behaviour/packet-filter/index.ts";
import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Related } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { KeaHa } from "../model/kea.ts";
import { keptOutBySecondary } from "./_access.ts";
import { lostInSync } from "./_after-sync.ts";
import { keaPairs, withoutKeaPair } from "./_kea.ts";
import { blockage, keptOut, type Traffic } from "./_pass.ts";
import { rulesStay } from "./_sent-rules.ts";
import { connection } from "./_sync-traffic.ts";
import type { Problem, Rule } from "./rule.ts";

export const keaHaPass: Rule = {
  id: "kea-ha-pass",
  severity: "error",
  summary: "Each node lets the other's Kea HA connection in.",
  fix: "safe",

  notApplicable: (cluster) =>
    withoutKeaPair(cluster) ??
    (cluster.nodes.every(({ config }) => config.isAfter27) ? undefined : "this release has no Kea HA"),

  *check(cluster) {
    for (const pair of keaPairs(cluster)) {
      const { service, title } = pair;
      const primary = { config: cluster.primary, ha: pair.primary };
      const secondary = { config: cluster.secondary, ha: pair.secondary };
      const own = keptOutBy(title, primary, secondary, (...found) => keptOut(cluster.primary, ...found));
      const theirs = keptOutBy(title, secondary, primary, (...found) =>
        keptOutBySecondary(cluster, ...found, own !== undefined),
      );
      const here = [own, theirs].filter((problem) => problem !== undefined);
      yield* here;
      if (here.length > 0 || rulesStay(cluster) !== undefined) continue;
      const { onceThrough } = afterSync(cluster);
      const after = { config: onceThrough, ha: onceThrough.keaHa(service) };
      const traffic = between(title, primary, after);
      if (traffic) yield* lostInSync(cluster, onceThrough, traffic, between(title, after, primary));
    }
  },
};

/** One of the two servers, with the node that it runs on. */
interface Server {
  readonly config: Config;
  readonly ha: KeaHa;
}

function keptOutBy(
  title: string,
  own: Server,
  other: Server,
  problem: (traffic: Traffic, decision: Decision, related: readonly Related[]) => Problem,
): Problem | undefined {
  const traffic = between(title, other, own);
  const decision = traffic && blockage(own.config, traffic);
  if (!traffic || !decision) return undefined;
  const { localPort, localAddress, effectiveLocalPort } = own.ha;
  const related = [
    {
      at: localPort.present ? localPort.at : localAddress.at,
      message: `it listens on port ${effectiveLocalPort} of this address`,
    },
    { at: other.ha.localAddress.at, message: "the other node's local address" },
  ];
  return problem(traffic, decision, related);
}

/** The connection that one server makes to the other; undefined if their addresses are not sound. */
function between(title: string, from: Server, to: Server): Traffic | undefined {
  const [source, destination] = [from.ha.localAddress.value, to.ha.localAddress.value];
  const entry = destination && to.config.interfaceWith(destination);
  if (!entry || !source || !from.config.interfaceWith(source) || source.family !== destination.family) return undefined;
  return connection(title, entry, source, destination, to.ha.effectiveLocalPort);
}
