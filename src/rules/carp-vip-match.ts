import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { carpKey } from "../cluster/identity.ts";
import type { Pair } from "../cluster/match.ts";
import type { Config } from "../model/config.ts";
import { insert, setText, toNewElement } from "../model/edit.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { asSyncWrites, misplaced, samePlace, strays, syncsVips, withoutCarpVips } from "./_twins.ts";
import { isAtHome } from "./_vips.ts";
import type { DraftFix, Problem, Rule } from "./rule.ts";

export const carpVipMatch: Rule = {
  id: "carp-vip-match",
  severity: "error",
  summary: "Every CARP VIP exists on both nodes.",
  fix: "safe",

  notApplicable: withoutCarpVips,

  *check(cluster) {
    const { primary, secondary, carpVips } = cluster;
    yield* misplaced(cluster).map((pair) => elsewhere(cluster, pair));
    const found = strays(cluster).flatMap((pair) => [pair.primary, pair.secondary]);
    for (const vip of missing(carpVips.primaryOnly, secondary)) {
      if (!found.includes(vip)) yield { ...problem(vip, secondary, "primary"), fix: addToSecondary(cluster, vip) };
    }
    // Where VIPs are synced, sync removes what only the secondary has: sync-vip-lost says so.
    if (syncsVips(primary)) return;
    for (const vip of missing(carpVips.secondaryOnly, primary)) {
      if (!found.includes(vip)) yield problem(vip, primary, "secondary");
    }
  },
};

/** VIPs without a twin, unless the other node has the address under another VHID, which carp-vhid-match reports. */
const missing = (vips: readonly Vip[], other: Config): readonly Vip[] =>
  vips.filter((vip) => !other.carpVips.some((one) => samePlace(one, vip)));

const problem = (vip: Vip, lacking: Config, holder: "primary" | "secondary"): Problem => ({
  at: lacking.tree.section("virtualip").open,
  message: `${vip.title}: expected the CARP VIP ${vip.subnet.text} on both nodes, found it on the ${holder} only`,
  subject: vip.subject,
  related: [{ at: vip.at, message: `the ${holder}'s VIP` }],
  help: "add the VIP with the same VHID, password and address, or remove it from the other node",
});

function elsewhere(cluster: Cluster, { primary, secondary }: Pair<Vip>): Problem {
  const [expected, found] = [primary.interface, secondary.interface];
  return {
    at: found.at,
    message: `${primary.title}: expected the CARP VIP ${primary.subnet.text} on ${expected.text} of both nodes, found it on ${found.text || "no interface"} of the secondary`,
    subject: primary.subject,
    related: [{ at: expected.at, message: "the interface of the primary's VIP" }],
    fix: isAtHome(cluster.secondary, secondary)
      ? undefined
      : asSyncWrites(cluster, `put it on ${expected.text}, as XMLRPC sync would`, setText(found, expected.text)),
    help: "put the VIP on the same interface of both nodes",
  };
}

function addToSecondary(cluster: Cluster, vip: Vip): DraftFix | undefined {
  const synced = afterSync(cluster).onceThrough.carpVips.find((one) => carpKey(one) === carpKey(vip));
  if (!synced) return undefined;
  const added = insert(cluster.secondary.tree.section("virtualip"), toNewElement(synced.tree));
  return asSyncWrites(cluster, "add the VIP that XMLRPC sync would write", added);
}
