import { setText } from "../model/edit.ts";
import type { Rule } from "./rule.ts";

export const interfaceMacUnique: Rule = {
  id: "interface-mac-unique",
  severity: "error",
  summary: "The nodes do not spoof the same MAC address.",
  fix: "unsafe",

  *check({ interfaces }) {
    for (const { primary, secondary } of interfaces.pairs) {
      const [expected, found] = [primary.spoofmac, secondary.spoofmac];
      if (!primary.enabled || !secondary.enabled || found.empty) continue;
      if (expected.text.toLowerCase() !== found.text.toLowerCase()) continue;
      yield {
        at: found.at,
        message: `${secondary.title}: expected a MAC address of its own, found ${found.text}, which the primary has as well`,
        subject: secondary.subject,
        related: [{ at: expected.at, message: "the primary's MAC address" }],
        fix: { title: "use the MAC address of the hardware", safe: false, edits: [setText(found, "")] },
      };
    }
  },
};
