import { loginFault, noLocalLogin, syncAccount } from "./_account.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcAccountUsable: Rule = {
  id: "xmlrpc-account-usable",
  severity: "error",
  summary: "The account that XMLRPC sync uses can log in on the secondary.",
  fix: "none",

  notApplicable: noLocalLogin,

  *check(cluster) {
    const { username, account: name } = cluster.primary.hasync;
    const account = syncAccount(cluster);
    const fault = loginFault(cluster);
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
