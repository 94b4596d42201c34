import { contains, formatAddress, linkLocalIpv4 } from "../model/address.ts";
import { setText } from "../model/edit.ts";
import type { Rule } from "./rule.ts";

export const interfaceLinklocalBlocked: Rule = {
  id: "interface-linklocal-blocked",
  severity: "error",
  summary: "No sync or CARP interface uses IPv4 link-local addresses that pf blocks.",
  fix: "unsafe",

  *check({ nodes }) {
    for (const { config } of nodes) {
      const { noApipaBlock } = config.system;
      if (noApipaBlock.on) continue;
      const sync = config.hasync.pfsyncEnabled.on ? config.syncInterface : undefined;
      for (const entry of config.interfaces) {
        const address = entry.enabled ? entry.addressOf(4) : undefined;
        if (!address || !contains(linkLocalIpv4, address)) continue;
        if (entry !== sync && config.carpVipsOn(entry.key).length === 0) continue;
        yield {
          at: entry.ipaddr.at,
          message: `address of ${entry.title}: expected one outside 169.254.0.0/16, which pf blocks, found ${formatAddress(address)}`,
          subject: entry.subject,
          fix: {
            title: "let link-local IPv4 through on this node, with system/no_apipa_block",
            safe: false,
            edits: [setText(noApipaBlock, "")],
          },
        };
      }
    }
  },
};
