import { faultProblems } from "./_faults.ts";
import type { Rule } from "./rule.ts";

export const xmlElementUnique: Rule = {
  id: "xml-element-unique",
  severity: "error",
  summary: "Only list tags occur more than once under one parent.",
  fix: "none",
  partial: true,

  check: (cluster) => faultProblems(cluster, ["duplicate-element"]),
};
