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
      const replaced = boxes.filter((box) => isReplaced(cluster, node, box));
      if (replaced.length === boxes.length) continue;
      const known = { address: new Set<string>(), network: new Set<string>(), port: new Set<string>() };
      for (const place of namePlaces(node.config)) {
        const { kind, text, rule } = place;
        if (replaced.includes(place.box) || known[kind].has(text)) continue;
        if ((kind !== "network" && hasAlias(node.config, text)) || needsNoAlias(node.config, place)) {
          known[kind].add(text);
          continue;
        }
        yield {
          at: place.at,
          message: `${rule.title}: expected ${expected[kind]}, found ${text}, which is neither, so pfSense leaves the rule out`,
          subject: rule.subject,
          help:
            kind === "network"
              ? "name an interface, or write the text as an address"
              : `add the alias ${text}, or name another one`,
        };
      }
    }
  },
};

const expected = { address: "an address or an alias", network: "an interface or a group", port: "a port or an alias" };

const boxes = ["rules", "nat"] as const;

/** Whether the next sync replaces a section of the secondary, so that what the primary has counts. */
const isReplaced = ({ primary }: Cluster, { role }: ClusterNode, box: NamePlace["box"]): boolean =>
  role === "secondary" && !primary.hasync.target.empty && primary.hasync.box(box).on;
