import { clearSender, senderSettings } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcSecondaryUnset: Rule = {
  id: "xmlrpc-secondary-unset",
  severity: "info",
  summary: "The secondary has no XMLRPC sync settings.",
  fix: "safe",

  *check({ secondary: { hasync } }) {
    const [first, ...others] = senderSettings(hasync);
    if (first === undefined || !hasync.target.empty) return;
    const more = others.length === 0 ? "" : others.length === 1 ? ` and ${others[0]}` : ` and ${others.length} more`;
    yield {
      at: hasync.textField(first).at,
      message: `XMLRPC settings of the secondary: expected none, as it has no synchronizetoip, found ${first}${more}`,
      subject: "hasync",
      fix: {
        title: "empty the XMLRPC settings of the secondary",
        safe: true,
        edits: clearSender(hasync),
      },
    };
  },
};
