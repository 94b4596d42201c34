import type { Difference } from "../behaviour/sync-drift.ts";
import type { Tree } from "../model/tree.ts";
import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

export const syncAliasCurrent: Rule = {
  id: "sync-alias-current",
  severity: "warning",
  summary: "The secondary's aliases are the ones that XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("aliases", "aliases"),

  *check(cluster) {
    const aliases = driftIn(cluster, "aliases").filter(({ path }) => path === "aliases/alias");
    yield* outdated(cluster, aliases, counts);
  },
};

/** Type and members count, descriptions and the order of members do not. */
function counts(field: string, { before, after }: Difference): boolean {
  if (field === "type") return true;
  const [was] = before;
  const [will] = after;
  return /^(?:address|url|aliasurl)(?:\[|$)/.test(field) && was !== undefined && will !== undefined
    ? members(was) !== members(will)
    : false;
}

const members = (alias: Tree): string =>
  ["address", "url", "aliasurl"]
    .flatMap((name) => alias.list(name))
    .flatMap(({ text }) => text.split(/\s+/))
    .sort()
    .join(" ");
