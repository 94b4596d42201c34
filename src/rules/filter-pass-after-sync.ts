import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import { lostInSync } from "./_after-sync.ts";
import { blockage, type Traffic } from "./_pass.ts";
import { isSecondaryMisplaced } from "./_pfsync.ts";
import { rulesStay } from "./_sent-rules.ts";
import { answerTo, pfsyncTraffic, xmlrpcTraffic } from "./_sync-traffic.ts";
import type { Rule } from "./rule.ts";

export const filterPassAfterSync: Rule = {
  id: "filter-pass-after-sync",
  severity: "error",
  summary: "The secondary's sync interface is still open to the primary after the first XMLRPC sync.",
  fix: "unsafe",

  notApplicable: rulesStay,

  *check(cluster) {
    const { primary, secondary } = cluster;
    const after = afterSync(cluster).onceThrough;
    const pfsync = cluster.pfsyncOnBoth ? pfsyncTraffic(after, primary) : undefined;
    const back = pfsync && pfsyncTraffic(primary, after);
    // Where one of the nodes fails as it is, filter-pfsync-pass or filter-xmlrpc-pass speaks of the sync as well.
    const open = (traffic: Traffic): boolean => blockage(secondary, traffic) === undefined;
    if (pfsync && back && open(pfsync) && !blockage(primary, back) && !isSecondaryMisplaced(cluster)) {
      yield* lostInSync(cluster, after, pfsync, back);
    }
    const xmlrpc = xmlrpcTraffic(cluster);
    if (xmlrpc && open(xmlrpc)) yield* lostInSync(cluster, after, xmlrpc, answerTo(primary, xmlrpc));
  },
};
