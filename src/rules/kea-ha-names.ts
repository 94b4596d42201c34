import { isClone } from "./_clone.ts";
import { asKeaSyncWrites, counterpart, keaPairs, withoutKeaPair } from "./_kea.ts";
import type { Rule } from "./rule.ts";

export const keaHaNames: Rule = {
  id: "kea-ha-names",
  severity: "error",
  summary: "Each Kea server knows the other by the name it goes by.",
  fix: "safe",

  notApplicable: (cluster) => withoutKeaPair(cluster) ?? isClone(cluster),

  *check(cluster) {
    for (const pair of keaPairs(cluster)) {
      const { primary, secondary, title } = pair;
      const { subject } = secondary;
      if (primary.effectiveLocalName === secondary.effectiveLocalName) {
        yield {
          at: secondary.localName.at,
          message: `${title}: expected two different local names, found ${secondary.effectiveLocalName} on both nodes`,
          subject,
          related: [{ at: primary.localName.at, message: "the primary's local name" }],
          help: "give the nodes different host names, or different local names here",
        };
        continue;
      }
      for (const { role } of cluster.nodes) {
        const { remoteName } = pair[role];
        const { other: holder, theirs: other } = counterpart(pair, role);
        const expected = other.effectiveLocalName;
        if (remoteName.text === expected) continue;
        yield {
          at: remoteName.at,
          message: `${title}: expected the remote name ${expected}, which the ${holder} goes by, found ${remoteName.text || "none"}`,
          subject,
          related: [{ at: other.localName.at, message: `the ${holder}'s local name, by default its host name` }],
          fix: asKeaSyncWrites(cluster, pair, role, "remotename", (synced) => synced === expected),
          help: `set the remote name to the local name of the ${holder}`,
        };
      }
    }
  },
};
