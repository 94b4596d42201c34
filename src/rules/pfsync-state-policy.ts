import { setText } from "../model/edit.ts";
import { pfsyncNotOnBoth } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

/** What a release that knows the setting does without it (`filter.inc`, `filter_configure_sync()`). */
const byDefault = "if-bound";

export const pfsyncStatePolicy: Rule = {
  id: "pfsync-state-policy",
  severity: "warning",
  summary: "Both nodes bind states in the same way.",
  fix: "unsafe",

  notApplicable: (cluster) =>
    pfsyncNotOnBoth(cluster) ??
    (cluster.nodes.some(({ config }) => config.isAfter27 || !config.system.statePolicy.empty)
      ? undefined
      : "neither node knows a state policy"),

  *check({ primary, secondary }) {
    const expected = primary.system.statePolicy;
    const found = secondary.system.statePolicy;
    const [wanted, actual] = [expected.text || byDefault, found.text || byDefault];
    if (wanted === actual) return;
    yield {
      at: found.at,
      message: `state policy: expected ${wanted} as on the primary, found ${actual}`,
      subject: "system/statepolicy",
      related: [{ at: expected.at, message: "the primary's state policy" }],
      fix: { title: `write ${wanted}`, safe: false, edits: [setText(found, wanted)] },
    };
  },
};
