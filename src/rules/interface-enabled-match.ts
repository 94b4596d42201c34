import { setText } from "../model/edit.ts";
import { isExchanged, useOf } from "./_interfaces.ts";
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
