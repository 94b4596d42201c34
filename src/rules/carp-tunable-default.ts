import { setText } from "../model/edit.ts";
import { carpTunables } from "../model/tunable.ts";
import { withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpTunableDefault: Rule = {
  id: "carp-tunable-default",
  severity: "warning",
  summary: "System tunables leave CARP as pfSense sets it.",
  fix: "unsafe",

  notApplicable: withoutCarpVips,

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const { name, value, subject } of config.tunables) {
        const expected = carpTunables.get(name.text);
        if (expected === undefined || value.empty || value.text === "default" || value.text === expected) continue;
        yield {
          at: value.at,
          message: `system tunable ${name.text}: expected default or ${expected}, found ${value.text}`,
          subject,
          fix: { title: "write default, which leaves it to pfSense", safe: false, edits: [setText(value, "default")] },
        };
      }
    }
  },
};
