import { syncsDhcp } from "./_dhcp.ts";
import type { Rule } from "./rule.ts";

export const dhcpEnabledMatch: Rule = {
  id: "dhcp-enabled-match",
  severity: "warning",
  summary: "An interface has DHCP on both nodes or on neither.",
  fix: "none",

  notApplicable: (cluster) => (syncsDhcp(cluster) ? "XMLRPC sync carries DHCP" : undefined),

  *check({ nodes, interfaces }) {
    for (const { primary, secondary } of interfaces.pairs) {
      const { key } = primary;
      if (!primary.enabled || !secondary.enabled) continue;
      if (!nodes.some(({ config }) => config.carpVipsOn(key, 4).length > 0)) continue;
      const serving = nodes.find(({ config }) => config.servesDhcp(key));
      const lacking = nodes.find(({ config }) => !config.servesDhcp(key));
      if (!serving || !lacking) continue;
      yield {
        at: lacking.config.dhcpServer(key).enable.at,
        message: `DHCP on ${key}: expected it on both nodes, found it on the ${serving.role} only`,
        subject: `dhcpd/${key}`,
        related: [{ at: serving.config.dhcpServer(key).enable.at, message: `DHCP of the ${serving.role}` }],
        help: `enable DHCP on the ${lacking.role} too, with failover, or let XMLRPC sync carry the DHCP settings`,
      };
    }
  },
};
