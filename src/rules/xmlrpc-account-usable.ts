import { noLocalLogin, syncAccount } from "./_account.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcAccountUsable: Rule = {
  id: "xmlrpc-account-usable",
  severity: "error",
  summary: "The account that XMLRPC sync uses can log in on the secondary.",
  fix: "none",

  notApplicable: noLocalLogin,

  *check(cluster) {
    const { primary, secondary } = cluster;
    const { username, account: name } = primary.hasync;
    const account = syncAccount(cluster);
    const now = Math.max(primary.savedAt ?? 0, secondary.savedAt ?? 0);
    const fault = !account
      ? { at: secondary.system.at, found: "no such account" }
      : account.disabled.on
        ? { at: account.disabled.at, found: "a disabled one" }
        : (account.expiry ?? Number.POSITIVE_INFINITY) < now
          ? { at: account.expires.at, found: `one that expired on ${account.expires.text}` }
          : undefined;
    if (!fault) return;
    yield {
      at: fault.at,
      message: `XMLRPC account ${name}: expected a local account of the secondary that can log in, found ${fault.found}`,
      subject: `user/${name}`,
      related: [
        {
          at: username.at,
          message: username.empty ? "no username, which means admin" : "the account that the primary uses",
        },
      ],
      help: account
        ? "let the account log in under System > User Manager on the secondary"
        : "add the account, with the privilege System: HA node sync, under System > User Manager on the secondary",
    };
  },
};
