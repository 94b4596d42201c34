import { parseAddress } from "../model/address.ts";
import { setText } from "../model/edit.ts";
import { bareHost, sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcTargetFormat: Rule = {
  id: "xmlrpc-target-format",
  severity: "error",
  summary: "The XMLRPC target is a bare IP address.",
  fix: "safe",

  notApplicable: sendsNothing,

  *check({ primary, secondary }) {
    const { target, targetAddress } = primary.hasync;
    if (targetAddress) return;
    const bare = bareHost(target.text);
    const address = parseAddress(bare);
    const there = address && secondary.interfaceWith(address);
    yield {
      at: target.at,
      message: `XMLRPC target: expected an IP address and nothing else, found ${primary.hasync.shownTarget}`,
      subject: "hasync/synchronizetoip",
      related: there
        ? [{ at: there.addressField(address.family).at, message: `the secondary's address on ${there.title}` }]
        : [],
      fix: there && { title: `write the address alone, ${bare}`, safe: true, edits: [setText(target, bare)] },
      help: "write the secondary's sync address; protocol and port are those of the primary's own web GUI",
    };
  },
};
