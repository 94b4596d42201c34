import { isExchanged } from "./_interfaces.ts";
import type { Rule } from "./rule.ts";

export const interfaceSetMatch: Rule = {
  id: "interface-set-match",
  severity: "error",
  summary: "Both nodes assign the same interfaces.",
  fix: "none",

  *check(cluster) {
    for (const { config, peer, role } of cluster.nodes) {
      for (const entry of config.interfaces) {
        if (!entry.enabled || peer.interface(entry.key) || isExchanged(cluster, entry.key)) continue;
        const other = role === "primary" ? "secondary" : "primary";
        yield {
          at: peer.tree.section("interfaces").at,
          message: `${entry.title}: expected on both nodes, found on the ${role} only`,
          subject: entry.subject,
          related: [{ at: entry.at, message: `on the ${role}` }],
          help: `assign it on the ${other} under the key ${entry.key}, or remove it from the ${role}`,
        };
      }
    }
  },
};
