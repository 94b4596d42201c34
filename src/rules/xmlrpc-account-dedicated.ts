import { noLocalLogin, syncAccount, syncPrivilege } from "./_account.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcAccountDedicated: Rule = {
  id: "xmlrpc-account-dedicated",
  severity: "info",
  summary: "XMLRPC sync uses an account that can do nothing else.",
  fix: "none",

  notApplicable: (cluster) =>
    noLocalLogin(cluster) ?? (cluster.primary.hasync.username.empty ? "the primary names no account" : undefined),

  *check(cluster) {
    const account = syncAccount(cluster);
    if (!account) return;
    const others = new Set(cluster.secondary.system.privilegesOf(account).filter((name) => name !== syncPrivilege));
    const found = account.uid.value === 0 ? "the administrator" : [...others].join(" and ");
    if (found === "") return;
    yield {
      at: cluster.primary.hasync.username.at,
      message: `XMLRPC account ${account.name.text}: expected no privilege but ${syncPrivilege}, found ${found}`,
      subject: "hasync/username",
      related: [{ at: account.at, message: "the account on the secondary" }],
      help: "use an account of its own with that privilege only; the password of this one opens more, and stands in the primary's file in clear",
    };
  },
};
