import type { Cluster } from "../cluster/cluster.ts";
import { setText } from "../model/edit.ts";
import { withoutFailover } from "./_dhcp.ts";
import { withoutKeaPair } from "./_kea.ts";
import type { Rule } from "./rule.ts";

export const systemTimeServers: Rule = {
  id: "system-time-servers",
  severity: "warning",
  summary: "Nodes that share DHCP leases have time servers.",
  fix: "unsafe",

  notApplicable: (cluster: Cluster) =>
    withoutFailover(cluster) !== undefined && withoutKeaPair(cluster) !== undefined
      ? "neither DHCP failover nor Kea HA"
      : undefined,

  *check({ nodes }) {
    for (const { config, peer, role } of nodes) {
      const { timeServers } = config.system;
      const other = peer.system.timeServers;
      if (!timeServers.empty) continue;
      yield {
        at: timeServers.at,
        message: `time servers of the ${role}: expected at least one, found none`,
        subject: "system/timeservers",
        related: other.empty ? [] : [{ at: other.at, message: "the other node's time servers" }],
        fix: other.empty
          ? undefined
          : { title: "use the other node's time servers", safe: false, edits: [setText(timeServers, other.text)] },
        help: "enter time servers; DHCP servers whose clocks are 90 seconds apart stop working together",
      };
    }
  },
};
