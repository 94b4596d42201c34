import { newestVersion, oldestVersion, versionNumber } from "../model/dialect.ts";
import type { Rule } from "./rule.ts";

export const versionKnown: Rule = {
  id: "version-known",
  severity: "warning",
  summary: "The config version is one that the rules were written for.",
  fix: "none",

  *check({ nodes }) {
    for (const { config } of nodes) {
      const { version } = config;
      const number = version.text.includes(".") ? versionNumber(version.text) : undefined;
      if (number !== undefined && number >= oldestVersion && number <= newestVersion) continue;
      yield {
        at: version.at,
        message: `config version: expected ${oldestVersion} to ${newestVersion}, found ${version.text || "none"}`,
        subject: "version",
        help: helpFor(number),
      };
    }
  },
};

function helpFor(number: number | undefined): string {
  if (number === undefined) return "export the configuration again; pfSense writes its config version as 23.3";
  return number < oldestVersion
    ? "upgrade the node; the rules were not written for a release this old"
    : "use a newer pfha-lint, if there is one; these rules may not know what the release does";
}
