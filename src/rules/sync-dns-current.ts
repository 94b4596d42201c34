import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

export const syncDnsCurrent: Rule = {
  id: "sync-dns-current",
  severity: "warning",
  summary: "The secondary's DNS settings are what XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("DNS", "unbound", "dnsmasq"),

  *check(cluster) {
    yield* outdated(cluster, driftIn(cluster, "unbound", "dnsmasq"));
  },
};
