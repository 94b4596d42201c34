import { remove } from "../model/edit.ts";
import type { Rule } from "./rule.ts";

export const systemFilterEnabled: Rule = {
  id: "system-filter-enabled",
  severity: "error",
  summary: "Packet filtering is enabled on both nodes.",
  fix: "unsafe",

  *check({ nodes }) {
    for (const { role, config } of nodes) {
      const { tree, at } = config.system.filterDisabled;
      if (!tree) continue;
      yield {
        at,
        message: `packet filter of the ${role}: expected on, found off`,
        subject: "system/disablefilter",
        fix: { title: "switch the packet filter on, and NAT with it", safe: false, edits: [remove(tree)] },
      };
    }
  },
};
