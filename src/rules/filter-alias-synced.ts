import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Config } from "../model/config.ts";
import { hasAlias, type NamePlace, namePlaces, needsNoAlias } from "./_alias-references.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const filterAliasSynced: Rule = {
  id: "filter-alias-synced",
  severity: "error",
  summary: "Aliases that synced rules need reach the secondary.",
  fix: "none",

  notApplicable: (cluster) =>
    sendsNothing(cluster) ??
    (sentBoxes(cluster).length > 0 ? undefined : "neither rules nor NAT is selected for XMLRPC sync"),

  *check(cluster) {
    const { primary } = cluster;
    const after = afterSync(cluster).onceThrough;
    if (primary.aliases.every(({ name }) => after.alias(name.text))) return;
    const boxes = sentBoxes(cluster);
    const told = new Set<string>();
    for (const place of namePlaces(primary)) {
      if (!place.travels || !boxes.includes(place.box) || needsNoAlias(primary, place)) continue;
      for (const name of nested(primary, place.text)) {
        const alias = primary.alias(name);
        if (!alias || told.has(name) || hasAlias(after, name)) continue;
        told.add(name);
        yield {
          at: place.at,
          message: `${place.rule.title}: expected alias ${name} on the secondary after a sync, found none, so ${effect(place, name)}`,
          subject: alias.subject,
          related: [
            {
              at: alias.nosync.on ? alias.nosync.at : alias.at,
              message: alias.nosync.on
                ? "the alias stays on the primary"
                : "the alias, of a section that is not selected",
            },
          ],
          help: alias.nosync.on ? `untick No XMLRPC Sync in alias ${name}` : "select Firewall aliases for XMLRPC sync",
        };
      }
    }
  },
};

const sentBoxes = ({ primary: { hasync } }: Cluster): readonly NamePlace["box"][] =>
  (["rules", "nat"] as const).filter((name) => hasync.box(name).on);

/** An alias and those that it nests. */
function nested(config: Config, name: string): Iterable<string> {
  const found = new Set([name]);
  for (const one of found)
    for (const member of config.alias(one)?.members ?? []) if (config.alias(member)) found.add(member);
  return found;
}

const effect = ({ text }: NamePlace, name: string): string =>
  text === name ? "the rule is left out there" : `${text} lacks what it nests`;
