import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
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
      const proof = primary.tree.path(`installedpackages/${sync.section}`).present ? backTo(cluster, sync) : undefined;
      if (!proof) continue;
      yield {
        at: sync.mode.at,
        message: `${sync.section} of the secondary: expected no sync, found ${sync.mode.text}, ${proof.message}`,
        subject: sync.subject,
        related: [{ at: proof.at, message: "where it sends to" }],
        help: "disable the sync of the package on the secondary; it belongs on the primary",
      };
    }
  },
};

/** What makes it send from the secondary: a place, and the end of a sentence about it. */
function backTo({ primary, secondary }: Cluster, { mode, targets }: PackageSync): Related | undefined {
  if (mode.text === "auto") {
    const { target } = secondary.hasync;
    return target.empty ? undefined : { at: target.at, message: "which sends its settings to the XMLRPC target" };
  }
  if (mode.text !== "manual") return undefined;
  const target = targets.find(
    ({ value }) => value && (primary.interfaceWith(value) !== undefined || primary.vipWith(value) !== undefined),
  );
  return target && { at: target.at, message: "which sends its settings to an address of the primary" };
}
