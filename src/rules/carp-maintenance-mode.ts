import { remove } from "../model/edit.ts";
import { withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpMaintenanceMode: Rule = {
  id: "carp-maintenance-mode",
  severity: "warning",
  summary: "Neither node is left in persistent maintenance mode.",
  fix: "unsafe",

  notApplicable: withoutCarpVips,

  *check({ nodes }) {
    for (const { role, config } of nodes) {
      const { tree, at } = config.maintenanceMode;
      if (!tree) continue;
      yield {
        at,
        message: `CARP maintenance mode of the ${role}: expected off, found on: its CARP VIPs run with advskew 254`,
        subject: "carp/maintenance-mode",
        fix: { title: "leave maintenance mode; VIPs may move", safe: false, edits: [remove(tree)] },
      };
    }
  },
};
