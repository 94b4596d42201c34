import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import { type VipReference, vipReferences } from "./_vip-references.ts";
import { misnamed } from "./_vips.ts";
import type { Problem, Rule } from "./rule.ts";

export const vipReferenceExists: Rule = {
  id: "vip-reference-exists",
  severity: "error",
  summary: "Every reference to a VIP finds one on its node.",
  fix: "none",

  notApplicable: ({ nodes }) =>
    nodes.some(({ config }) => vipReferences(config).length > 0) ? undefined : "nothing refers to a VIP",

  *check(cluster) {
    const { primary, secondary } = cluster;
    const after = afterSync(cluster).onceThrough;
    const later = vipReferences(after);
    const told = new Set<string>();
    for (const reference of vipReferences(primary)) {
      if (primary.vip(reference.uniqid)) continue;
      told.add(key(reference));
      yield problem(reference, "found none on the primary");
    }
    // The rule vip-uniqid-match speaks of VIPs that both nodes have by different names.
    const renamed = new Set(
      misnamed(cluster).flatMap((pair) => [pair.primary.uniqid.text, pair.secondary.uniqid.text]),
    );
    const survives = new Set(later.map(key));
    const ofPrimary = new Set(
      vipReferences(primary)
        .filter((one) => told.has(key(one)))
        .map(name),
    );
    for (const reference of vipReferences(secondary)) {
      if (secondary.vip(reference.uniqid) || renamed.has(reference.uniqid)) continue;
      // What sync replaces by the primary's own, where it is reported, is not reported twice.
      if (!survives.has(key(reference)) && ofPrimary.has(name(reference))) continue;
      told.add(key(reference));
      yield problem(reference, "found none on the secondary");
    }
    for (const reference of later) {
      if (after.vip(reference.uniqid) || told.has(key(reference)) || renamed.has(reference.uniqid)) continue;
      yield problem(reference, "found none on the secondary once XMLRPC sync has written its virtual IPs");
    }
  },
};

const key = ({ at, uniqid }: VipReference): string => `${at.source.path}:${at.start}:${uniqid}`;
const name = ({ subject, uniqid }: VipReference): string => `${subject}:${uniqid}`;

const problem = ({ at, uniqid, title, subject }: VipReference, found: string): Problem => ({
  at,
  message: `${title}: expected a CARP VIP or IP alias with uniqid ${uniqid || "(empty)"}, ${found}`,
  subject,
  help: "choose a VIP that exists there; on the secondary, one that XMLRPC sync leaves in place",
});
