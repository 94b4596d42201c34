import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

export const syncUserCurrent: Rule = {
  id: "sync-user-current",
  severity: "warning",
  summary: "The secondary's accounts are the ones that XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("accounts", "user", "group"),

  *check(cluster) {
    yield* outdated(driftIn(cluster, "user", "group"));
  },
};
