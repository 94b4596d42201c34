import { faultProblems } from "./_faults.ts";
import type { Rule } from "./rule.ts";

export const xmlWellFormed: Rule = {
  id: "xml-well-formed",
  severity: "error",
  summary: "pfSense can read the file.",
  fix: "none",
  partial: true,

  check: (cluster) => faultProblems(cluster, ["not-well-formed", "no-pfsense-root", "root-is-text"]),
};
