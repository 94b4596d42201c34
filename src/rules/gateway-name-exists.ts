import { referencesWithoutGateway } from "./_dangling.ts";
import { gatewayReferences } from "./_gateways.ts";
import { referAsSync } from "./_sync.ts";
import type { Rule } from "./rule.ts";

export const gatewayNameExists: Rule = {
  id: "gateway-name-exists",
  severity: "error",
  summary: "Every gateway that a node refers to exists on it, also after XMLRPC sync.",
  fix: "safe",

  notApplicable: ({ nodes }) =>
    nodes.some(({ config }) => gatewayReferences(config).length > 0) ? undefined : "nothing refers to a gateway",

  *check(cluster) {
    for (const { reference, where } of referencesWithoutGateway(cluster)) {
      const { at, name, title, subject, group } = reference;
      const found =
        where === "after" ? "on the secondary once XMLRPC sync has written its gateways" : `on the ${where}`;
      yield {
        at,
        message: `${title}: expected a gateway${group ? " or gateway group" : ""} named ${name}, found none ${found}`,
        subject,
        fix: where === "secondary" ? referAsSync(cluster, at) : undefined,
        help: "add the gateway where it is missing, or name one that exists there; gateways travel with static routes",
      };
    }
  },
};
