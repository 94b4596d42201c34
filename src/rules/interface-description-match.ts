import type { Config } from "../model/config.ts";
import { setText } from "../model/edit.ts";
import type { Interface } from "../model/interfaces.ts";
import { isStatic, networksAgree, sharedInterfaces } from "./_interfaces.ts";
import type { Rule } from "./rule.ts";

export const interfaceDescriptionMatch: Rule = {
  id: "interface-description-match",
  severity: "info",
  summary: "An interface has the same description on both nodes.",
  fix: "safe",

  *check(cluster) {
    for (const pair of sharedInterfaces(cluster)) {
      const { primary, secondary } = pair;
      const agree = networksAgree(pair) ?? (!isStatic(primary) && !isStatic(secondary));
      if (primary.label === secondary.label || !agree) continue;
      const free = !isTaken(cluster.secondary, secondary, primary.label);
      yield {
        at: secondary.descr.at,
        message: `${secondary.key}: expected the description ${primary.label} as on the primary, found ${secondary.label}`,
        subject: secondary.subject,
        related: [{ at: primary.descr.at, message: "the primary's description" }],
        fix: free
          ? { title: `call it ${primary.label}`, safe: true, edits: [setText(secondary.descr, primary.descr.text)] }
          : undefined,
        help: "give the interface one description; on the secondary, another interface, alias or group has the primary's",
      };
    }
  },
};

/** Whether something else has a name that pfSense would use in the rule set as well; it knows no small letters there. */
function isTaken(config: Config, own: Interface, name: string): boolean {
  const names = [
    ...config.interfaces.filter((entry) => entry !== own).map(({ label }) => label),
    ...config.aliases.map((alias) => alias.name.text),
    ...config.interfaceGroups.map((group) => group.name.text),
  ];
  return names.some((other) => other.toUpperCase() === name.toUpperCase());
}
