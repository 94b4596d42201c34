import { afterSync, selectedSections } from "../behaviour/xmlrpc-sync.ts";
import { remove } from "../model/edit.ts";
import type { Rule } from "./rule.ts";

/** What sync replaces where the primary has it, and leaves alone where it has not. */
const settings = [
  { name: "gateway_group", title: "gateway groups", expected: "none" },
  { name: "defaultgw4", title: "default gateway of IPv4", expected: "it unset" },
  { name: "defaultgw6", title: "default gateway of IPv6", expected: "it unset" },
] as const;

export const gatewayGroupStale: Rule = {
  id: "gateway-group-stale",
  severity: "warning",
  summary: "The secondary keeps no gateway settings that the primary has dropped.",
  fix: "unsafe",

  notApplicable: ({ primary }) =>
    selectedSections(primary).includes("gateways") ? undefined : "XMLRPC sync does not carry gateways",

  *check(cluster) {
    const { primary, secondary } = cluster;
    const after = afterSync(cluster).onceThrough.tree.section("gateways");
    for (const { name, title, expected } of settings) {
      const stale = secondary.tree
        .section("gateways")
        .list(name)
        .filter((tree) => !tree.isLeaf || tree.text !== "");
      const [first] = stale;
      if (!first || primary.tree.section("gateways").has(name) || !after.has(name)) continue;
      yield {
        at: first.at,
        message: `${title}: expected ${expected} as on the primary, found ${stale.map((tree) => tree.textOf("name") || tree.text).join(", ")}`,
        subject: `gateways/${name}`,
        related: [{ at: primary.tree.section("gateways").open, message: "the primary's gateways" }],
        fix: {
          title: `remove the ${title} of the secondary, which sync would keep for ever`,
          safe: false,
          edits: stale.map(remove),
        },
      };
    }
  },
};
