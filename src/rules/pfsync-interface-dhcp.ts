import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Config } from "../model/config.ts";
import { remove } from "../model/edit.ts";
import type { Flag } from "../model/field.ts";
import { otherUses, pfsyncOff, syncNodes } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncInterfaceDhcp: Rule = {
  id: "pfsync-interface-dhcp",
  severity: "warning",
  summary: "No DHCP server runs on the sync interface.",
  fix: "unsafe",

  notApplicable: pfsyncOff,

  *check(cluster) {
    for (const { config, role, sync } of syncNodes(cluster)) {
      if (otherUses(config, sync).length > 0) continue;
      for (const [section, service] of services) {
        const { enable, subject } = serverOf(config, section, sync.key);
        // On the secondary only what is its own and outlives a sync: the rest comes and goes with the primary's.
        const later = role === "primary" ? config : afterSync(cluster).onceThrough;
        const kept = serverOf(later, section, sync.key).enable.tree;
        if (!enable.on || kept?.source !== config.source) continue;
        yield {
          at: enable.at,
          message: `sync interface ${sync.title}: expected no ${service} server, found one that is enabled`,
          subject,
          fix: { title: `disable the ${service} server there`, safe: false, edits: removal(enable) },
        };
      }
    }
  },
};

const services = [
  ["dhcpd", "DHCP"],
  ["dhcpdv6", "DHCPv6"],
] as const;

const serverOf = (config: Config, section: "dhcpd" | "dhcpdv6", key: string) =>
  section === "dhcpd" ? config.dhcpServer(key) : config.dhcpv6Server(key);

const removal = ({ tree }: Flag) => (tree ? [remove(tree)] : []);
