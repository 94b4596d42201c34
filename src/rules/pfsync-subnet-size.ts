import { formatNetwork } from "../model/address.ts";
import { otherUses, pfsyncOff } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncSubnetSize: Rule = {
  id: "pfsync-subnet-size",
  severity: "info",
  summary: "The sync network has room for two nodes and no more.",
  fix: "none",
  options: {
    prefix: {
      default: 29,
      description: "the shortest prefix length that is accepted",
      schema: { type: "integer", minimum: 0, maximum: 32 },
    },
  },

  notApplicable: pfsyncOff,

  *check({ primary }, { options }) {
    const sync = primary.syncInterface;
    const network = sync?.networkOf(4);
    const prefix = Number(options["prefix"]);
    if (!primary.hasync.pfsyncEnabled.on || !sync || !network || network.bits >= prefix) return;
    // A data network has its size for other reasons; that it carries pfsync is pfsync-interface-dedicated.
    if (otherUses(primary, sync).length > 0) return;
    yield {
      at: sync.subnet.at,
      message: `sync interface ${sync.title}: expected a prefix length of ${prefix} or more, found ${formatNetwork(network)}`,
      subject: sync.subject,
      help: "use a network that has room for the two nodes alone, such as a /30",
    };
  },
};
