import { matchBy } from "../cluster/match.ts";
import type { Rule } from "./rule.ts";

export const packageWireguardBoth: Rule = {
  id: "package-wireguard-both",
  severity: "warning",
  summary: "A WireGuard tunnel runs on one node.",
  fix: "none",

  notApplicable: ({ nodes }) =>
    nodes.every(({ config }) => config.wireguardTunnels.length > 0) ? undefined : "no WireGuard tunnel on both nodes",

  *check({ primary, secondary }) {
    const tunnels = matchBy(primary.wireguardTunnels, secondary.wireguardTunnels, ({ name }) => name.text);
    for (const { primary: ours, secondary: theirs } of tunnels.pairs) {
      const key = theirs.privateKey.value;
      if (!ours.isEnabled || !theirs.isEnabled || key.empty || key.masked || !key.equals(ours.privateKey.value))
        continue;
      yield {
        at: theirs.enabled.at,
        message: `${theirs.title}: expected it enabled on one node, found it on both with the same private key, so peers follow whichever spoke last`,
        subject: theirs.subject,
        related: [{ at: ours.enabled.at, message: "the tunnel on the primary" }],
        help: "keep the tunnel disabled on one node, or give each node a key of its own; WireGuard does not follow CARP",
      };
    }
  },
};
