import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcNextuidSet: Rule = {
  id: "xmlrpc-nextuid-set",
  severity: "error",
  summary: "The primary has the counters that XMLRPC sync sends along with users.",
  fix: "none",

  notApplicable: (cluster) =>
    sendsNothing(cluster) ??
    (cluster.primary.hasync.box("users").on ? undefined : "users are not selected for XMLRPC sync"),

  *check({ primary: { system, hasync } }) {
    const missing = ["nextuid", "nextgid"].filter((name) => !system.tree.has(name));
    if (missing.length === 0) return;
    yield {
      at: system.at,
      message: `counters of users and groups: expected nextuid and nextgid, found no ${missing.join(" and no ")}, so nothing at all can be sent`,
      subject: "system/nextuid",
      related: [{ at: hasync.box("users").at, message: "the box that selects users" }],
      help: "add a user and a group under System > User Manager on the primary, which writes both, or write the next free numbers, at least 2000",
    };
  },
};
