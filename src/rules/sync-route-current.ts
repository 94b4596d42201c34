import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

export const syncRouteCurrent: Rule = {
  id: "sync-route-current",
  severity: "warning",
  summary: "The secondary's routes and gateways are what XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("routes and gateways", "staticroutes", "gateways"),

  *check(cluster) {
    yield* outdated(cluster, driftIn(cluster, "staticroutes", "gateways"));
  },
};
