import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Config } from "../model/config.ts";
import { type DraftEdit, insert } from "../model/edit.ts";
import type { User } from "../model/system.ts";
import { noLocalLogin, syncAccount, syncPrivilege } from "./_account.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcAccountPrivilege: Rule = {
  id: "xmlrpc-account-privilege",
  severity: "error",
  summary: "The account that XMLRPC sync uses holds the HA sync privilege.",
  fix: "unsafe",

  notApplicable: noLocalLogin,

  *check(cluster) {
    const { primary, secondary } = cluster;
    const { account: name, username } = primary.hasync;
    const { onceThrough } = afterSync(cluster);
    const own = syncAccount(cluster);
    const now = lacking(secondary, own);
    const next = lacking(onceThrough, onceThrough.system.user(name));
    const account = now ?? next;
    if (!account) return;
    const sent = primary.hasync.box("users").on ? primary.system.user(name) : undefined;
    const found = (now ? secondary : onceThrough).system.privilegesOf(account).join(" and ") || "none";
    const granted = [now ?? (own?.tree === next?.tree ? own : undefined), lacking(primary, sent)];
    yield {
      at: (now ?? sent ?? account).at,
      message: `privileges of ${name} on the secondary${now ? "" : ", once users are synchronised"}: expected ${syncPrivilege}, found ${found}`,
      subject: account.subject,
      related: [{ at: username.at, message: "the account that the primary uses" }],
      fix: {
        title: `give ${name} the privilege ${syncPrivilege}`,
        safe: false,
        edits: granted.filter((user) => user !== undefined).map(grant),
      },
    };
  },
};

/** The account, if it may log in and yet not push. The administrator needs no privilege. */
const lacking = ({ system }: Config, account: User | undefined): User | undefined =>
  account && (account.uid.value ?? 0) !== 0 && !system.privilegesOf(account).includes(syncPrivilege)
    ? account
    : undefined;

const grant = ({ tree }: User): DraftEdit =>
  insert(tree, { name: "priv", value: syncPrivilege }, tree.list("priv").at(-1));
