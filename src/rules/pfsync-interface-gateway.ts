import { setText } from "../model/edit.ts";
import { otherUses, pfsyncOff, syncNodes } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncInterfaceGateway: Rule = {
  id: "pfsync-interface-gateway",
  severity: "warning",
  summary: "The sync interface has no gateway.",
  fix: "unsafe",

  notApplicable: pfsyncOff,

  *check(cluster) {
    for (const { config, sync } of syncNodes(cluster)) {
      // A gateway is right on a WAN that carries pfsync as well; that it does is pfsync-interface-dedicated.
      if (otherUses(config, sync).length > 0) continue;
      for (const gateway of [sync.gateway, sync.gatewayv6]) {
        if (gateway.empty || gateway.text === "none") continue;
        yield {
          at: gateway.at,
          message: `sync interface ${sync.title}: expected no gateway, found ${gateway.text}`,
          subject: `${sync.subject}/${gateway.name}`,
          fix: { title: "remove the gateway from the interface", safe: false, edits: [setText(gateway, "")] },
        };
      }
    }
  },
};
