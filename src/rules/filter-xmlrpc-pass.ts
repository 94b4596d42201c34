import { keptOutBySecondary } from "./_access.ts";
import { blockage } from "./_pass.ts";
import { xmlrpcTraffic } from "./_sync-traffic.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const filterXmlrpcPass: Rule = {
  id: "filter-xmlrpc-pass",
  severity: "error",
  summary: "The secondary lets the primary's XMLRPC connection in.",
  fix: "safe",

  notApplicable: (cluster) =>
    sendsNothing(cluster) ??
    (xmlrpcTraffic(cluster) ? undefined : "the target is no address of the secondary in a network of the primary"),

  *check(cluster) {
    const { primary, secondary } = cluster;
    const traffic = xmlrpcTraffic(cluster);
    const decision = traffic && blockage(secondary, traffic);
    if (!traffic || !decision) return;
    const { webGui } = primary.system;
    const related = [
      { at: primary.hasync.target.at, message: "the primary sends its configuration here" },
      {
        at: webGui.port.present ? webGui.port.at : webGui.protocol.at,
        message: `it dials port ${webGui.dialled.port}, that of its own web GUI`,
      },
    ];
    yield keptOutBySecondary(cluster, traffic, decision, related);
  },
};
