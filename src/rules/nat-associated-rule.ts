import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const natAssociatedRule: Rule = {
  id: "nat-associated-rule",
  severity: "warning",
  summary: "A port forward and its filter rule travel together.",
  fix: "none",

  *check(cluster) {
    const { primary } = cluster;
    const rules = new Map(primary.rules.toReversed().map((rule) => [rule.associatedRule.text, rule]));
    for (const forward of primary.portForwards) {
      const { associatedRule: id, nosync, disabled } = forward;
      if (id.empty || id.text === "pass" || disabled.on) continue;
      const rule = rules.get(id.text);
      if (!rule) {
        yield {
          at: id.at,
          message: `${forward.title}: expected a filter rule of the same id, found none, so nothing passes what it forwards`,
          subject: forward.subject,
          help: "choose a filter rule association again in the port forward",
        };
      } else if (rule.nosync.on !== nosync.on && !sendsNothing(cluster)) {
        const [kept, sent] = nosync.on
          ? ["the port forward", "the filter rule"]
          : ["the filter rule", "the port forward"];
        yield {
          at: (nosync.on ? nosync : id).at,
          message: `${forward.title}: expected nosync on both or neither of it and its filter rule, found it on ${kept} only, so ${sent} travels alone`,
          subject: forward.subject,
          related: [{ at: rule.nosync.on ? rule.nosync.at : rule.at, message: "its filter rule" }],
          help: "tick or untick No XMLRPC Sync in both",
        };
      }
    }
  },
};
