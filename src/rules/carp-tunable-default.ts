import { setText } from "../model/edit.ts";
import { withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

/** What pfSense and the kernel make of them (`globals.inc`, `interfaces.inc`, `ip_carp.c`). */
const defaults: ReadonlyMap<string, string> = new Map([
  ["net.inet.carp.allow", "1"],
  ["net.inet.carp.senderr_demotion_factor", "0"],
  ["net.inet.carp.ifdown_demotion_factor", "240"],
  ["net.pfsync.carp_demotion_factor", "0"],
]);

export const carpTunableDefault: Rule = {
  id: "carp-tunable-default",
  severity: "warning",
  summary: "System tunables leave CARP as pfSense sets it.",
  fix: "unsafe",

  notApplicable: withoutCarpVips,

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const { name, value, subject } of config.tunables) {
        const expected = defaults.get(name.text);
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
