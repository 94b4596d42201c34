import type { Group, User } from "../model/system.ts";
import { isAccountFaulty } from "./_account.ts";
import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

const byHand = "make sure that the primary's account has the password of XMLRPC sync, then let the next sync write it";

const nameThem =
  "give every account and group of the primary a name of its own and a number up to 65000, then let the next sync write them";

export const syncUserCurrent: Rule = {
  id: "sync-user-current",
  severity: "warning",
  summary: "The secondary's accounts are the ones that XMLRPC sync writes.",
  fix: "safe",
  passwords: "also",

  notApplicable: notCarried("accounts", "user", "group"),

  *check(cluster, { passwords }) {
    const { hasync, system } = cluster.primary;
    const account = `user/${hasync.account}`;
    const replaceable = areReplaceable(system.users) && areReplaceable(system.groups);
    for (const problem of outdated(cluster, driftIn(cluster, "user", "group"))) {
      // The rules about the account speak of what is wrong with it, or would be after the sync.
      if (problem.subject === account && isAccountFaulty(cluster, passwords)) continue;
      // Written by a fix, another hash of the account that sync logs in with may be the end of all syncs.
      if (problem.subject === account) yield { ...problem, fix: undefined, help: byHand };
      else if (!replaceable) yield { ...problem, fix: undefined, help: nameThem };
      else yield problem;
    }
  },
};

/**
 * Sync finds accounts by their names, and leaves those with numbers above 65000 where they are: what it cannot replace,
 * it adds again and again (`auth.inc`, `local_sync_accounts()`).
 */
const areReplaceable = (accounts: readonly (User | Group)[]): boolean =>
  new Set(accounts.map(({ name }) => name.text).filter((name) => name !== "")).size === accounts.length &&
  accounts.every(({ tree }) => ["uid", "gid"].every((id) => Number(tree.textOf(id) || 0) <= 65000));
