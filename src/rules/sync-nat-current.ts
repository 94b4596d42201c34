import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

const parts = /^nat\/(?:outbound|outbound\/mode|outbound\/rule|rule|onetoone|npt)$/;

/** Who made a rule and when. */
const incidental = /^(?:created|updated)(?:\/|$)/;

export const syncNatCurrent: Rule = {
  id: "sync-nat-current",
  severity: "warning",
  summary: "The secondary's NAT is what XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("NAT", "nat"),

  *check(cluster) {
    const rules = driftIn(cluster, "nat").filter(({ path }) => parts.test(path));
    yield* outdated(cluster, rules, (field) => !incidental.test(field));
  },
};
