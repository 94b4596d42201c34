import { setText } from "../model/edit.ts";
import { isClone } from "./_clone.ts";
import { pfsyncOff } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncHostidUnique: Rule = {
  id: "pfsync-hostid-unique",
  severity: "error",
  summary: "Each node marks its states with a filter host id of its own.",
  fix: "unsafe",

  notApplicable: (cluster) => pfsyncOff(cluster) ?? isClone(cluster),

  *check({ primary, secondary }) {
    const expected = primary.hasync.hostId;
    const found = secondary.hasync.hostId;
    if (expected.value === undefined || expected.value !== found.value) return;
    yield {
      at: found.at,
      message: `filter host id: expected one of its own, found ${found.text.trim()}, which is the primary's`,
      subject: "hasync/pfhostid",
      related: [{ at: expected.at, message: "the primary's filter host id" }],
      fix: {
        title: "empty it, so that the node uses its machine id",
        safe: false,
        edits: [setText(found, "")],
      },
    };
  },
};
