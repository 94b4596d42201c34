import { isClone } from "./_clone.ts";
import { asKeaSyncWrites, keaPairs, withoutKeaPair } from "./_kea.ts";
import type { Rule } from "./rule.ts";

/** What a node's partner must be. */
const counterpart: Readonly<Record<string, string>> = { primary: "standby", standby: "primary" };

export const keaHaRole: Rule = {
  id: "kea-ha-role",
  severity: "error",
  summary: "One Kea server is primary and the other standby.",
  fix: "safe",

  notApplicable: (cluster) => withoutKeaPair(cluster) ?? isClone(cluster),

  *check(cluster) {
    for (const pair of keaPairs(cluster)) {
      const { primary, secondary, title } = pair;
      const expected = counterpart[primary.effectiveRole];
      if (expected === undefined) {
        yield {
          at: primary.role.at,
          message: `${title}: expected role primary or standby on the primary, found ${primary.role.text}, which stops XMLRPC sync`,
          subject: primary.subject,
          help: "choose primary or standby; the primary of the pair is usually primary here too",
        };
      } else if (secondary.effectiveRole !== expected) {
        yield {
          at: secondary.role.at,
          message: `${title}: expected role ${expected} on the secondary, found ${secondary.role.text || "none, which means primary"}`,
          subject: secondary.subject,
          related: [{ at: primary.role.at, message: "the primary's role" }],
          fix: asKeaSyncWrites(cluster, pair, "secondary", "role", (synced) => synced === expected),
          help: `choose ${expected} on the secondary`,
        };
      }
    }
  },
};
