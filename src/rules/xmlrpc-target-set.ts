import { syncAddressOf } from "./_sync-address.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcTargetSet: Rule = {
  id: "xmlrpc-target-set",
  severity: "warning",
  summary: "The primary pushes its configuration.",
  fix: "none",

  *check({ primary, secondary }) {
    const { target } = primary.hasync;
    if (!target.empty || !secondary.hasync.target.empty) return;
    const sync = syncAddressOf(secondary);
    yield {
      at: target.at,
      message: "XMLRPC target: expected the secondary's sync address on the primary, found none on either node",
      subject: "hasync/synchronizetoip",
      related: sync ? [{ at: sync.at, message: "the secondary's sync address" }] : [],
      help: "give the primary the secondary's sync address and an account there, or keep the two nodes alike by hand",
    };
  },
};
