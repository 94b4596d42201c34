import { nameEachOther, pfsyncNotOnBoth } from "./_pfsync.ts";
import { needsPeer } from "./_sync-traffic.ts";
import type { Rule } from "./rule.ts";

export const pfsyncPeerMulticast: Rule = {
  id: "pfsync-peer-multicast",
  severity: "info",
  summary: "A pair of two nodes synchronises states by unicast.",
  fix: "unsafe",

  notApplicable: pfsyncNotOnBoth,

  *check(cluster) {
    const { primary, nodes } = cluster;
    if (nodes.some(({ config, peer }) => !config.hasync.pfsyncPeer.empty || needsPeer(peer, config))) return;
    yield {
      at: primary.hasync.pfsyncPeer.at,
      message:
        "pfsync peer: expected the other node's sync address, found none on both nodes, which send to 224.0.0.240",
      subject: "hasync/pfsyncpeerip",
      fix: nameEachOther(cluster, nodes),
      help: "enter each other's sync address on both nodes",
    };
  },
};
