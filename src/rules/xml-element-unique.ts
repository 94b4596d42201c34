import { faultProblems } from "./_faults.ts";
import type { Rule } from "./rule.ts";

export const xmlElementUnique: Rule = {
  id: "xml-element-unique",
  severity: "error",
  summary: "An element that pfSense does not treat as a list occurs once in its parent.",
  fix: "none",
  partial: true,

  check: (cluster) => faultProblems(cluster, ["duplicate-element"]),
};
