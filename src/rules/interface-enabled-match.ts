import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
import { setText } from "../model/edit.ts";
import { isExchanged } from "./_interfaces.ts";
import type { Rule } from "./rule.ts";

export const interfaceEnabledMatch: Rule = {
  id: "interface-enabled-match",
  severity: "error",
  summary: "An interface in use is enabled on both nodes.",
  fix: "unsafe",

  *check(cluster) {
    for (const { config, peer, role } of cluster.nodes) {
      for (const entry of config.interfaces) {
        const other = peer.interface(entry.key);
        if (entry.enabled || !other?.enabled || isExchanged(cluster, entry.key)) continue;
        const use = useOf(cluster, entry.key);
        if (!use) continue;
        yield {
          at: entry.at,
          message: `${entry.title}: expected enabled on both nodes, found disabled on the ${role}`,
          subject: entry.subject,
          related: [{ at: other.enable.at, message: "enabled on the other node" }, use],
          fix: { title: "enable the interface", safe: false, edits: [setText(entry.enable, "")] },
        };
      }
    }
  },
};

/** The first thing found that needs the interface. */
function useOf({ nodes, primary }: Cluster, key: string): Related | undefined {
  for (const { config } of nodes) {
    const vip = config.vips.find((candidate) => config.interfaceOf(candidate) === key);
    if (vip) return { at: vip.interface.at, message: `used by ${vip.title}` };
    const { pfsyncEnabled, pfsyncInterface } = config.hasync;
    if (pfsyncEnabled.on && pfsyncInterface.text === key) return { at: pfsyncInterface.at, message: "used by pfsync" };
    const { enable } = config.dhcpServer(key);
    if (enable.on) return { at: enable.at, message: "used by the DHCP server" };
  }
  const rule = primary.rules.find(({ disabled, interfaces }) => !disabled.on && interfaces.includes(key));
  return rule && { at: rule.interface.at, message: `used by ${rule.title}` };
}
