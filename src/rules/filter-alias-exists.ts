import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import { hasAlias, type NamePlace, namePlaces, needsNoAlias } from "./_alias-references.ts";
import type { Rule } from "./rule.ts";

export const filterAliasExists: Rule = {
  id: "filter-alias-exists",
  severity: "warning",
  summary: "Every alias that a rule names exists.",
  fix: "none",

  *check(cluster) {
    for (const node of cluster.nodes) {
      for (const place of namePlaces(node.config)) {
        if (isReplaced(cluster, node, place)) continue;
        const { kind, field, rule } = place;
        if (needsNoAlias(node.config, place) || (kind !== "network" && hasAlias(node.config, field.text))) continue;
        yield {
          at: field.at,
          message: `${rule.title}: expected ${expected[kind]}, found ${field.text}, which is neither, so pfSense leaves the rule out`,
          subject: rule.subject,
          help:
            kind === "network"
              ? "name an interface, or write the text as an address"
              : `add the alias ${field.text}, or name another one`,
        };
      }
    }
  },
};

const expected = { address: "an address or an alias", network: "an interface or a group", port: "a port or an alias" };

/** Whether the next sync replaces a section of the secondary, so that what the primary has counts. */
const isReplaced = ({ primary }: Cluster, { role }: ClusterNode, { box }: NamePlace): boolean =>
  role === "secondary" && !primary.hasync.target.empty && primary.hasync.box(box).on;
