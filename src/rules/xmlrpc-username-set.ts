import { setText } from "../model/edit.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcUsernameSet: Rule = {
  id: "xmlrpc-username-set",
  severity: "info",
  summary: "XMLRPC sync names the account it uses.",
  fix: "safe",

  notApplicable: sendsNothing,

  *check({ primary: { hasync } }) {
    const { username, account } = hasync;
    if (!username.empty) return;
    yield {
      at: username.at,
      message: `XMLRPC account: expected a username, found none, which means ${account}`,
      subject: "hasync/username",
      fix: {
        title: `write the name that is used already, ${account}`,
        safe: true,
        edits: [setText(username, account)],
      },
    };
  },
};
