import { setText } from "../model/edit.ts";
import { pfsyncOff } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncEnabledValue: Rule = {
  id: "pfsync-enabled-value",
  severity: "warning",
  summary: "The pfsync switch reads as it acts.",
  fix: "safe",

  notApplicable: pfsyncOff,

  *check({ nodes }) {
    for (const { config } of nodes) {
      const { pfsyncEnabled } = config.hasync;
      if (!pfsyncEnabled.on || pfsyncEnabled.text === "on") continue;
      yield {
        at: pfsyncEnabled.at,
        message: `<pfsyncenabled>: expected on, which is how it acts, found ${pfsyncEnabled.text || "nothing"}`,
        subject: "hasync/pfsyncenabled",
        fix: { title: "write on, which is what runs already", safe: true, edits: [setText(pfsyncEnabled, "on")] },
      };
    }
  },
};
