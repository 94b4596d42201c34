import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { boundVips, misnamed } from "./_vips.ts";
import type { Rule } from "./rule.ts";

export const vipAliasParent: Rule = {
  id: "vip-alias-parent",
  severity: "error",
  summary: "A stacked IP alias has a CARP VIP of its family as parent.",
  fix: "none",

  notApplicable: ({ nodes }) =>
    nodes.some(({ config }) => stacked(config).length > 0) ? undefined : "no stacked IP alias",

  *check(cluster) {
    // The rule vip-uniqid-match speaks of VIPs that both nodes have by different names.
    const renamed = misnamed(cluster).map(({ primary }) => primary.uniqid.text);
    for (const { config, role } of cluster.nodes) {
      for (const alias of stacked(config)) {
        const parent = config.vip(alias.parentId ?? "");
        if (role === "secondary" && !parent && renamed.includes(alias.parentId ?? "")) continue;
        const found = fault(alias, parent);
        if (found === undefined) continue;
        yield {
          at: alias.interface.at,
          message: `${alias.title}: expected a CARP VIP of IPv${alias.family} as parent, found ${found}`,
          subject: alias.subject,
          related: parent && parent !== alias ? [{ at: parent.at, message: "the VIP of that uniqid" }] : [],
          help: "stack the IP alias on a CARP VIP of its own address family, or put it on an interface",
        };
      }
    }
  },
};

const stacked = (config: Config): readonly Vip[] =>
  boundVips(config).filter((vip) => vip.isAlias && vip.isStacked && vip.family !== undefined);

function fault(alias: Vip, parent: Vip | undefined): string | undefined {
  if (!parent) return `${alias.interface.text}, which is no VIP`;
  if (parent === alias) return "the IP alias itself";
  if (!parent.isCarp) return `the ${parent.title}`;
  if (parent.family === undefined || parent.family === alias.family) return undefined;
  return `${parent.title}, of IPv${parent.family}`;
}
