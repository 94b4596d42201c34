import { pfsyncOff, syncNodes } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncInterfaceStatic: Rule = {
  id: "pfsync-interface-static",
  severity: "error",
  summary: "The sync interface has a static IPv4 address.",
  fix: "none",

  notApplicable: pfsyncOff,

  *check(cluster) {
    for (const { sync } of syncNodes(cluster)) {
      const { ipaddr } = sync;
      if (ipaddr.unreadable || sync.addressOf(4)) continue;
      yield {
        at: ipaddr.at,
        message: `sync interface ${sync.title}: expected a static IPv4 address, found ${ipaddr.text || "none"}`,
        subject: sync.subject,
        help: "give the sync interface of each node an address in a network of their own",
      };
    }
  },
};
