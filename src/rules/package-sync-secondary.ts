import type { Cluster } from "../cluster/cluster.ts";
import type { Address } from "../model/address.ts";
import type { Field } from "../model/field.ts";
import type { PackageSync } from "../model/packages.ts";
import type { Rule } from "./rule.ts";

export const packageSyncSecondary: Rule = {
  id: "package-sync-secondary",
  severity: "error",
  summary: "Packages sync from the primary only.",
  fix: "none",

  notApplicable: ({ secondary }) =>
    secondary.packageSyncs.length === 0 ? "no package of the secondary syncs by itself" : undefined,

  *check(cluster) {
    const { primary, secondary } = cluster;
    for (const sync of secondary.packageSyncs) {
      const target = primary.tree.path(`installedpackages/${sync.section}`).present ? backTo(cluster, sync) : undefined;
      if (!target) continue;
      yield {
        at: sync.mode.at,
        message: `${sync.section} of the secondary: expected no sync, found manual, which sends its settings to an address of the primary`,
        subject: sync.subject,
        related: [{ at: target.at, message: "where it sends to" }],
        help: "disable the sync of the package on the secondary; it belongs on the primary",
      };
    }
  },
};

/** The address of the primary that it sends to. In mode `auto` it sends to the XMLRPC target: xmlrpc-primary-only speaks. */
function backTo({ primary }: Cluster, { mode, targets }: PackageSync): Field<Address> | undefined {
  if (mode.text !== "manual") return undefined;
  return targets.find(
    ({ value }) => value && (primary.interfaceWith(value) !== undefined || primary.vipWith(value) !== undefined),
  );
}
