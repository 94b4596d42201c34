import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import { lostInSync } from "./_after-sync.ts";
import { blockage } from "./_pass.ts";
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
    const { primary } = cluster;
    const after = afterSync(cluster).onceThrough;
    const pfsync = cluster.pfsyncOnBoth ? pfsyncTraffic(after, primary) : undefined;
    const back = pfsync && pfsyncTraffic(primary, after);
    // Where the primary fails as well, filter-pfsync-pass says so.
    if (pfsync && back && !blockage(primary, back)) yield* lostInSync(cluster, after, pfsync, back);
    const xmlrpc = xmlrpcTraffic(cluster);
    if (xmlrpc) yield* lostInSync(cluster, after, xmlrpc, answerTo(primary, xmlrpc));
  },
};
