import { blockage, keptOut } from "./_pass.ts";
import { pfsyncTraffic } from "./_sync-traffic.ts";
import type { Rule } from "./rule.ts";

export const filterPfsyncPass: Rule = {
  id: "filter-pfsync-pass",
  severity: "error",
  summary: "Each node lets the other's pfsync packets in.",
  fix: "unsafe",

  notApplicable: (cluster) => (cluster.pfsyncOnBoth ? undefined : "pfsync is not on on both nodes"),

  *check({ nodes }) {
    for (const { role, config, peer } of nodes) {
      const traffic = pfsyncTraffic(config, peer);
      const decision = traffic && blockage(config, traffic);
      if (!traffic || !decision) continue;
      const sender = role === "primary" ? "secondary" : "primary";
      const at = peer.hasync.pfsyncPeer.at;
      const related = [
        { at, message: `the ${sender} sends pfsync ${peer.hasync.pfsyncPeer.empty ? "by multicast" : "here"}` },
      ];
      yield keptOut(config, traffic, decision, related);
    }
  },
};
