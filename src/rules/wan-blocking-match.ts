import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import { type Network, privateNetworks, shippedBogons } from "../model/address.ts";
import { remove, setText } from "../model/edit.ts";
import type { Flag } from "../model/field.ts";
import type { Interface } from "../model/interfaces.ts";
import { covered } from "./_blocking.ts";
import type { Rule } from "./rule.ts";

const switches: readonly { readonly name: string; of(entry: Interface): Flag; readonly unfit: readonly Network[] }[] = [
  { name: "private networks", of: (entry) => entry.blockPrivate, unfit: privateNetworks },
  { name: "bogons", of: (entry) => entry.blockBogons, unfit: [...shippedBogons, ...privateNetworks] },
];

export const wanBlockingMatch: Rule = {
  id: "wan-blocking-match",
  severity: "warning",
  summary: "Both nodes block the same networks on a WAN.",
  fix: "unsafe",

  notApplicable: ({ primary }) => (primary.carpVips.length === 0 ? "no CARP VIP on the primary" : undefined),

  *check(cluster) {
    for (const { primary, secondary } of cluster.interfaces.pairs) {
      if (!primary.enabled || !secondary.enabled || cluster.primary.carpVipsOn(primary.key).length === 0) continue;
      for (const { name, of, unfit } of switches) {
        const [expected, found] = [of(primary), of(secondary)];
        if (expected.on === found.on || isUnfit(cluster, primary, unfit)) continue;
        yield {
          at: found.at,
          message: `blocking of ${name} on ${secondary.title}: expected ${word(expected)} as on the primary, found ${word(found)}`,
          subject: `${secondary.subject}/${found.name}`,
          related: [{ at: expected.at, message: `the primary has it ${word(expected)}` }],
          fix: {
            title: `switch it ${word(expected)} on the secondary, as on the primary`,
            safe: false,
            edits: [found.tree ? remove(found.tree) : setText(found, "")],
          },
        };
      }
    }
  },
};

const word = (flag: Flag): string => (flag.on ? "on" : "off");

/** Whether the switch belongs off on both nodes, as wan-private-blocking or wan-bogon-blocking says. */
const isUnfit = ({ nodes }: Cluster, { key }: Interface, list: readonly Network[]): boolean =>
  nodes.some((node: ClusterNode) => {
    const entry = node.config.interface(key);
    return entry !== undefined && covered(node, entry, list) !== undefined;
  });
