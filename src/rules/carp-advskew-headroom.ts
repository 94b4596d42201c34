import { syncedAdvskew } from "../behaviour/carp-skew.ts";
import { maxSkew } from "../model/virtual-ips.ts";
import { asSyncSkews, electableVips, saturatedSkew, spreadSkews, withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpAdvskewHeadroom: Rule = {
  id: "carp-advskew-headroom",
  severity: "error",
  summary: "The secondary's advskew leaves room for a demoted primary.",
  fix: "safe",

  notApplicable: withoutCarpVips,

  *check(cluster) {
    for (const twins of electableVips(cluster)) {
      const { primary, secondary } = twins;
      const field = saturatedSkew(cluster, twins);
      if (!field) continue;
      const synced = field.owner === primary.tree;
      const other = synced ? secondary : primary;
      yield {
        at: field.at,
        message: synced
          ? `${primary.title}: expected advskew below ${maxSkew - syncedAdvskew(0)} on the primary, found ${field.text}, from which XMLRPC sync makes ${syncedAdvskew(primary.effectiveAdvskew)} on the secondary`
          : `${primary.title}: expected advskew below ${maxSkew} on the secondary, found ${field.text}`,
        subject: primary.subject,
        related: other ? [{ at: other.advskew.at, message: `the ${synced ? "secondary" : "primary"}'s advskew` }] : [],
        fix:
          (synced ? undefined : asSyncSkews(cluster, secondary ? [{ primary, secondary }] : [])) ?? spreadSkews(twins),
      };
    }
  },
};
