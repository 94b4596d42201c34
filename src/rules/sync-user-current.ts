import { isAccountFaulty } from "./_account.ts";
import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

const byHand = "make sure that the primary's account has the password of XMLRPC sync, then let the next sync write it";

export const syncUserCurrent: Rule = {
  id: "sync-user-current",
  severity: "warning",
  summary: "The secondary's accounts are the ones that XMLRPC sync writes.",
  fix: "safe",
  passwords: "also",

  notApplicable: notCarried("accounts", "user", "group"),

  *check(cluster, { passwords }) {
    const account = `user/${cluster.primary.hasync.account}`;
    for (const problem of outdated(driftIn(cluster, "user", "group"))) {
      // The rules about the account speak of what is wrong with it, or would be after the sync.
      if (problem.subject === account && isAccountFaulty(cluster, passwords)) continue;
      // Written by a fix, another hash of the account that sync logs in with may be the end of all syncs.
      yield problem.subject === account ? { ...problem, fix: undefined, help: byHand } : problem;
    }
  },
};
