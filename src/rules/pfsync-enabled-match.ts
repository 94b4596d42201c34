import { setText } from "../model/edit.ts";
import { pfsyncOff } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncEnabledMatch: Rule = {
  id: "pfsync-enabled-match",
  severity: "error",
  summary: "pfsync is enabled on both nodes or on neither.",
  fix: "unsafe",

  notApplicable: pfsyncOff,

  *check({ nodes }) {
    for (const { config, peer, role } of nodes) {
      const { pfsyncEnabled } = config.hasync;
      if (pfsyncEnabled.on || !peer.hasync.pfsyncEnabled.on) continue;
      yield {
        at: pfsyncEnabled.at,
        message: `state synchronisation: expected pfsync on both nodes, found it off on the ${role}`,
        subject: "hasync/pfsyncenabled",
        related: [{ at: peer.hasync.pfsyncEnabled.at, message: "the other node has it on" }],
        fix: { title: "enable pfsync", safe: false, edits: [setText(pfsyncEnabled, "on")] },
      };
    }
  },
};
