import { noLocalLogin, syncAccount } from "./_account.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcPasswordMatch: Rule = {
  id: "xmlrpc-password-match",
  severity: "error",
  summary: "The XMLRPC password is the account's password on the secondary.",
  fix: "none",
  passwords: "only",

  notApplicable: noLocalLogin,

  *check(cluster, { passwords }) {
    const { password } = cluster.primary.hasync;
    const account = syncAccount(cluster);
    if (!account || passwords?.verify(password.value, account) !== false) return;
    yield {
      at: password.at,
      message: `XMLRPC password: expected that of ${account.name.text} on the secondary, found a different one`,
      subject: "hasync/password",
      related: [{ at: account.at, message: "the account on the secondary" }],
      help: "enter the account's password again under System > High Availability on the primary, or set it anew on the secondary",
    };
  },
};
