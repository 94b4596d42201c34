import { otherUses, pfsyncOff, syncNodes } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncInterfaceDedicated: Rule = {
  id: "pfsync-interface-dedicated",
  severity: "warning",
  summary: "The sync interface carries nothing but synchronisation.",
  fix: "none",

  notApplicable: pfsyncOff,

  *check(cluster) {
    for (const { config, sync } of syncNodes(cluster)) {
      const uses = otherUses(config, sync);
      if (uses.length === 0) continue;
      yield {
        at: config.hasync.pfsyncInterface.at,
        message: `sync interface: expected one of its own, found ${sync.title}, which ${uses.join(" and ")}`,
        subject: "hasync/pfsyncinterface",
        help: "connect the nodes by an interface of their own; states are neither signed nor encrypted on the wire",
      };
    }
  },
};
