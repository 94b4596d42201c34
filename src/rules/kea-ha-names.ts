import { asKeaSyncWrites, keaPairs, withoutKeaPair } from "./_kea.ts";
import type { Rule } from "./rule.ts";

export const keaHaNames: Rule = {
  id: "kea-ha-names",
  severity: "error",
  summary: "Each Kea server knows the other by the name it goes by.",
  fix: "safe",

  notApplicable: withoutKeaPair,

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
      for (const { role, own, other, holder } of [
        { role: "primary", own: primary, other: secondary, holder: "secondary" },
        { role: "secondary", own: secondary, other: primary, holder: "primary" },
      ] as const) {
        if (own.remoteName.text === other.effectiveLocalName) continue;
        yield {
          at: own.remoteName.at,
          message: `${title}: expected the remote name ${other.effectiveLocalName}, which the ${holder} goes by, found ${own.remoteName.text || "none"}`,
          subject,
          related: [{ at: other.localName.at, message: `the ${holder}'s local name, by default its host name` }],
          fix: role === "secondary" ? asKeaSyncWrites(cluster, pair, "remotename") : undefined,
          help: `set the remote name to the local name of the ${holder}`,
        };
      }
    }
  },
};
