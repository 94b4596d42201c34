import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { User } from "../model/system.ts";
import { noLocalLogin, syncAccount } from "./_account.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcAccountSynced: Rule = {
  id: "xmlrpc-account-synced",
  severity: "error",
  summary: "The account that XMLRPC sync uses is still there, with its password, after users are synced.",
  fix: "none",
  passwords: "also",

  notApplicable: (cluster) =>
    noLocalLogin(cluster) ??
    (cluster.primary.hasync.box("users").on ? undefined : "users are not selected for XMLRPC sync"),

  *check(cluster, { passwords }) {
    const { primary } = cluster;
    const { account: name, password } = primary.hasync;
    const account = syncAccount(cluster);
    if (!account) return;
    const next = afterSync(cluster).onceThrough.system.user(name);
    if (!next) {
      yield {
        at: primary.system.at,
        message: `XMLRPC account ${name}: expected on the primary too, as users are synchronised, found on the secondary only, where the next sync deletes it`,
        subject: account.subject,
        related: [{ at: account.at, message: "the account on the secondary" }],
        help: "add the account on the primary, with the same password and privilege",
      };
    } else if (!sameHashes(account, next) && passwords?.verify(password.value, next) === false) {
      yield {
        at: next.at,
        message: `password of ${name} on the primary: expected the one that XMLRPC sync logs in with, found a different one, which the next sync writes on the secondary`,
        subject: account.subject,
        related: [
          { at: password.at, message: "the password that XMLRPC sync logs in with" },
          { at: account.at, message: "the account on the secondary" },
        ],
        help: "set the account's password on the primary to the one that XMLRPC sync uses",
      };
    }
  },
};

const sameHashes = (a: User, b: User): boolean => a.hashes.every(({ value }, i) => value.equals(b.hashes[i]!.value));
