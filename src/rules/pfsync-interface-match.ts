import { setText } from "../model/edit.ts";
import { pfsyncNotOnBoth, syncInterfacesDiffer } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncInterfaceMatch: Rule = {
  id: "pfsync-interface-match",
  severity: "error",
  summary: "pfsync runs on the same interface on both nodes.",
  fix: "unsafe",

  notApplicable: pfsyncNotOnBoth,

  *check(cluster) {
    if (!syncInterfacesDiffer(cluster)) return;
    const expected = cluster.primary.hasync.pfsyncInterface;
    const found = cluster.secondary.hasync.pfsyncInterface;
    const usable = cluster.secondary.interface(expected.text)?.enabled;
    yield {
      at: found.at,
      message: `sync interface: expected ${expected.text} as on the primary, found ${found.text}`,
      subject: "hasync/pfsyncinterface",
      related: [{ at: expected.at, message: "the primary's sync interface" }],
      fix: usable
        ? { title: `choose ${expected.text}`, safe: false, edits: [setText(found, expected.text)] }
        : undefined,
      help: "choose the same interface on both nodes; pfsync takes states from its own interface only",
    };
  },
};
