import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcPasswordSet: Rule = {
  id: "xmlrpc-password-set",
  severity: "error",
  summary: "XMLRPC sync has a password.",
  fix: "none",

  notApplicable: sendsNothing,

  *check({ primary: { hasync } }) {
    const { password, account } = hasync;
    if (!password.value.empty) return;
    yield {
      at: password.at,
      message: `XMLRPC password of ${account}: expected one that the secondary accepts, found none`,
      subject: "hasync/password",
      help: "enter the account's password under System > High Availability; the secondary refuses an empty one",
    };
  },
};
