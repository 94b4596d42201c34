import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import { type DraftEdit, insert } from "../model/edit.ts";
import type { User } from "../model/system.ts";
import { lacksPrivilege, noLocalLogin, syncAccount, syncPrivilege } from "./_account.ts";
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
    const now = lacksPrivilege(secondary, own);
    const next = lacksPrivilege(onceThrough, onceThrough.system.user(name));
    const account = now ?? next;
    if (!account) return;
    const sent = primary.hasync.box("users").on ? primary.system.user(name) : undefined;
    const found = (now ? secondary : onceThrough).system.privilegesOf(account).join(" and ") || "none";
    const granted = [now ?? (own?.tree === next?.tree ? own : undefined), lacksPrivilege(primary, sent)];
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

const grant = ({ tree }: User): DraftEdit =>
  insert(tree, { name: "priv", value: syncPrivilege }, tree.list("priv").at(-1));
