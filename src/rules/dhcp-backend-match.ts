import type { Config } from "../model/config.ts";
import { setText } from "../model/edit.ts";
import { syncedSecondary } from "./_dhcp.ts";
import type { Rule } from "./rule.ts";

export const dhcpBackendMatch: Rule = {
  id: "dhcp-backend-match",
  severity: "error",
  summary: "Both nodes use the same DHCP backend.",
  fix: "unsafe",

  notApplicable: (cluster) =>
    [cluster.primary, syncedSecondary(cluster)].every(servesSomewhere) ? undefined : "DHCP is not served on both nodes",

  *check({ primary, secondary }) {
    if (primary.usesKea === secondary.usesKea) return;
    const expected = nameOf(primary);
    yield {
      at: secondary.dhcpBackend.at,
      message: `DHCP backend: expected ${expected} as on the primary, found ${nameOf(secondary)}`,
      subject: "dhcpbackend",
      related: [{ at: primary.dhcpBackend.at, message: "the primary's DHCP backend" }],
      fix: {
        title: `choose ${expected} on the secondary`,
        safe: false,
        edits: [setText(secondary.dhcpBackend, expected)],
      },
    };
  },
};

const nameOf = ({ usesKea }: Config): string => (usesKea ? "kea" : "isc");

const servesSomewhere = (config: Config): boolean => config.dhcpServers.some(({ key }) => config.servesDhcp(key));
