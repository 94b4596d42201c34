import { nameEachOther, pfsyncNotOnBoth } from "./_pfsync.ts";
import { needsPeer } from "./_sync-traffic.ts";
import type { Rule } from "./rule.ts";

export const pfsyncPeerMatch: Rule = {
  id: "pfsync-peer-match",
  severity: "warning",
  summary: "Both nodes name their pfsync peer or neither does.",
  fix: "unsafe",

  notApplicable: pfsyncNotOnBoth,

  *check(cluster) {
    for (const node of cluster.nodes) {
      const { pfsyncPeer } = node.config.hasync;
      const other = node.peer.hasync.pfsyncPeer;
      if (!pfsyncPeer.empty || other.empty || needsPeer(node.peer, node.config)) continue;
      yield {
        at: pfsyncPeer.at,
        message: `pfsync peer: expected the other node's sync address, found none on the ${node.role}, which sends to 224.0.0.240`,
        subject: "hasync/pfsyncpeerip",
        related: [{ at: other.at, message: "the other node sends to one address" }],
        fix: nameEachOther(cluster, [node]),
        help: "enter the other node's sync address, or empty the field on both nodes",
      };
    }
  },
};
