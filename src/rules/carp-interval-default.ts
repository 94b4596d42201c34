import { syncedAdvskew } from "../behaviour/carp-skew.ts";
import type { DraftEdit } from "../model/edit.ts";
import { isBlamedForRole } from "./_dhcp.ts";
import { electableVips, type MaybeTwins, setNumber, spreadsBoth } from "./_twins.ts";
import type { Rule, RuleOption } from "./rule.ts";

const numbers = (values: readonly number[], description: string): RuleOption => ({
  default: values,
  description,
  schema: { type: "array", items: { type: "integer", minimum: 0, maximum: 254 }, minItems: 1 },
});

export const carpIntervalDefault: Rule = {
  id: "carp-interval-default",
  severity: "info",
  summary: "The primary advertises every CARP VIP with advbase 1 and advskew 0 or 1.",
  fix: "unsafe",
  options: {
    advbase: numbers([1], "What advbase may be; the fix writes the first."),
    advskew: numbers([0, 1], "What advskew may be on the primary; the fix writes the first."),
  },

  notApplicable: ({ primary }) => (primary.carpVips.length === 0 ? "no CARP VIP on the primary" : undefined),

  *check(cluster, { options }) {
    const allowed = options as Readonly<Record<"advbase" | "advskew", readonly number[]>>;
    for (const twins of electableVips(cluster)) {
      if (spreadsBoth(cluster, twins)) continue;
      const { primary } = twins;
      const found = { advbase: primary.effectiveAdvbase, advskew: primary.effectiveAdvskew };
      for (const name of ["advbase", "advskew"] as const) {
        if (allowed[name].includes(found[name])) continue;
        if (name === "advskew" && isBlamedForRole(cluster, primary)) continue;
        const [value = 0] = allowed[name];
        yield {
          at: primary[name].at,
          message: `${primary.title}: expected ${name} ${allowed[name].join(" or ")} on the primary, found ${found[name]}`,
          subject: primary.subject,
          fix: { title: titleOf(name, value), safe: false, edits: onBoth(twins, name, value) },
        };
      }
    }
  },
};

const titleOf = (name: "advbase" | "advskew", value: number): string =>
  name === "advbase"
    ? `set advbase ${value} on both nodes`
    : `set advskew ${value} on the primary and ${syncedAdvskew(value)} on the secondary`;

const onBoth = (
  { primary, secondary }: MaybeTwins,
  name: "advbase" | "advskew",
  value: number,
): readonly DraftEdit[] => [
  ...setNumber(primary[name], value),
  ...(secondary ? setNumber(secondary[name], name === "advskew" ? syncedAdvskew(value) : value) : []),
];
