import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import { danglingGateways, type GatewayReference, gatewayReferences } from "./_gateways.ts";
import type { Problem, Rule } from "./rule.ts";

export const gatewayNameExists: Rule = {
  id: "gateway-name-exists",
  severity: "error",
  summary: "Every gateway that a node refers to exists on it, also after XMLRPC sync.",
  fix: "none",

  notApplicable: ({ nodes }) =>
    nodes.some(({ config }) => gatewayReferences(config).length > 0) ? undefined : "nothing refers to a gateway",

  *check(cluster) {
    const told = new Set<string>();
    const after = afterSync(cluster).onceThrough;
    const views = [
      { config: cluster.primary, where: "on the primary" },
      { config: cluster.secondary, where: "on the secondary" },
      { config: after, where: "on the secondary once XMLRPC sync has written its gateways" },
    ];
    for (const { config, where } of views) {
      for (const reference of danglingGateways(config)) {
        const key = `${reference.at.source.path}:${reference.at.start}`;
        if (told.has(key)) continue;
        told.add(key);
        yield problem(reference, where);
      }
    }
  },
};

const problem = ({ at, name, title, subject, group }: GatewayReference, where: string): Problem => ({
  at,
  message: `${title}: expected a gateway${group ? " or gateway group" : ""} named ${name}, found none ${where}`,
  subject,
  help: "add the gateway where it is missing, or name one that exists there; gateways travel with static routes",
});
