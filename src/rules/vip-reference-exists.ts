import { referencesWithoutVip } from "./_dangling.ts";
import { referAsSync } from "./_sync.ts";
import { vipReferences } from "./_vip-references.ts";
import type { Rule } from "./rule.ts";

export const vipReferenceExists: Rule = {
  id: "vip-reference-exists",
  severity: "error",
  summary: "Every reference to a VIP finds one on its node.",
  fix: "safe",

  notApplicable: ({ nodes }) =>
    nodes.some(({ config }) => vipReferences(config).length > 0) ? undefined : "nothing refers to a VIP",

  *check(cluster) {
    for (const { reference, where } of referencesWithoutVip(cluster)) {
      const { at, uniqid, title, subject } = reference;
      const found =
        where === "after" ? "on the secondary once XMLRPC sync has written its virtual IPs" : `on the ${where}`;
      yield {
        at,
        message: `${title}: expected a CARP VIP or IP alias with uniqid ${uniqid || "(empty)"}, found none ${found}`,
        subject,
        fix: where === "secondary" ? referAsSync(cluster, at) : undefined,
        help: "choose a VIP that exists there; on the secondary, one that XMLRPC sync leaves in place",
      };
    }
  },
};
