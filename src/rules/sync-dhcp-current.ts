import type { Difference } from "../behaviour/sync-drift.ts";
import { driftIn, keaDrift, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

export const syncDhcpCurrent: Rule = {
  id: "sync-dhcp-current",
  severity: "warning",
  summary: "The secondary's DHCP settings are what XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("DHCP", "dhcpd"),

  *check(cluster) {
    yield* outdated(
      cluster,
      driftIn(cluster, "dhcpd").filter((difference) => !isPeer(difference)),
    );
    yield* outdated(cluster, keaDrift(cluster, "kea"));
  },
};

/** A failover peer that is not the one that sync writes; dhcp-failover-peer reports it. */
const isPeer = ({ path, change }: Difference): boolean => change !== "delete" && /\/failover_peerip$/.test(path);
