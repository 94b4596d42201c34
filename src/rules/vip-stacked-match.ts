import type { Cluster } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import { insert, type NewElement, remove, toNewElement } from "../model/edit.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { asSyncWrites, withoutTwins } from "./_twins.ts";
import { boundVips, hasDetached } from "./_vips.ts";
import type { DraftFix, Problem, Rule } from "./rule.ts";

export const vipStackedMatch: Rule = {
  id: "vip-stacked-match",
  severity: "error",
  summary: "The same IP aliases are stacked on a CARP VIP on both nodes.",
  fix: "safe",

  notApplicable: withoutTwins,

  *check(cluster) {
    for (const twins of cluster.carpVips.pairs) {
      const { primaryOnly, secondaryOnly } = cluster.stackedAliases(twins);
      for (const alias of primaryOnly) {
        if (!alias.subnet.value || hasDetached(cluster.secondary, alias)) continue;
        yield { ...missing(cluster, twins, alias), fix: addAlias(cluster, twins, alias) };
      }
      for (const alias of secondaryOnly) {
        if (alias.subnet.value && !hasDetached(cluster.primary, alias)) yield extra(cluster, twins, alias);
      }
    }
  },
};

const missing = ({ secondary }: Cluster, twins: Pair<Vip>, alias: Vip): Problem => ({
  at: secondary.tree.section("virtualip").open,
  message: `${twins.secondary.title}: expected the stacked ${alias.title} as on the primary, found none`,
  subject: `${twins.secondary.subject}/${alias.subnet.text}`,
  related: [
    { at: alias.at, message: "the primary's IP alias" },
    { at: twins.secondary.at, message: "the VIP that it belongs on" },
  ],
  help: "stack the same IP aliases on the CARP VIP on both nodes; the checksum of its advertisements covers them",
});

function extra(cluster: Cluster, twins: Pair<Vip>, alias: Vip): Problem {
  return {
    at: alias.at,
    message: `${twins.secondary.title}: expected no stacked ${alias.title}, as on the primary, found one`,
    subject: `${twins.secondary.subject}/${alias.subnet.text}`,
    related: [{ at: twins.primary.at, message: "the primary's VIP, without it" }],
    fix: asSyncWrites(cluster, `remove the ${alias.title}, as XMLRPC sync would`, remove(alias.tree)),
    help: "stack the same IP aliases on the CARP VIP on both nodes; the checksum of its advertisements covers them",
  };
}

/** None where the secondary has no uniqid to stack it on, or has the address already, or another VIP of its uniqid. */
function addAlias(cluster: Cluster, twins: Pair<Vip>, alias: Vip): DraftFix | undefined {
  const { secondary } = cluster;
  const taken = boundVips(secondary).some(
    ({ subnet, uniqid }) => subnet.text === alias.subnet.text || uniqid.text === alias.uniqid.text,
  );
  if (twins.secondary.uniqid.empty || taken) return undefined;
  const element = stacked(toNewElement(alias.tree), twins.secondary.reference);
  const title = `add the ${alias.title}, as XMLRPC sync would`;
  return asSyncWrites(cluster, title, insert(secondary.tree.section("virtualip"), element));
}

const stacked = ({ name, value }: NewElement, reference: string): NewElement => ({
  name,
  value:
    typeof value === "string"
      ? value
      : value.map((field) => (field.name === "interface" ? { name: field.name, value: reference } : field)),
});
