import { accessRules } from "./_access.ts";
import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

/** Who made a rule and when, and numbers that only logs show: rules typed in on both nodes differ in nothing else. */
const incidental = /^(?:created|updated|id|tracker)(?:\/|$)/;

export const syncFilterCurrent: Rule = {
  id: "sync-filter-current",
  severity: "warning",
  summary: "The secondary's filter rules are the ones that XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("filter rules", "filter"),

  *check(cluster) {
    const { opening } = accessRules(cluster);
    const rules = driftIn(cluster, "filter").filter(
      ({ path, after }) => path === "filter/rule" && !after.some((tree) => opening.has(tree)),
    );
    yield* outdated(cluster, rules, (field) => !incidental.test(field));
  },
};
