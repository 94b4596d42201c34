import { docsUrl } from "../report/links.ts";
import type { Rule } from "../rules/rule.ts";
import { version } from "./version.ts";

/** A rule as `rules --format json` and `explain --format json` print it; schema/rules.schema.json. */
export const ruleJson = ({ id, severity, fix, summary, options = {} }: Rule): object => ({
  id,
  severity,
  fix,
  summary,
  options: Object.entries(options).map(([name, option]) => ({
    name,
    description: option.description,
    default: option.default,
    schema: option.schema,
  })),
  docs: docsUrl(id, { toolVersion: version }),
});
