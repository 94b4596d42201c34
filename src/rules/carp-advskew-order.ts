import { syncedAdvskew } from "../behaviour/carp-skew.ts";
import type { Pair } from "../cluster/match.ts";
import { setText } from "../model/edit.ts";
import { maxSkew, type Vip } from "../model/virtual-ips.ts";
import { syncsVips } from "./_twins.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const carpAdvskewOrder: Rule = {
  id: "carp-advskew-order",
  severity: "error",
  summary: "The secondary advertises every shared CARP VIP more slowly than the primary.",
  fix: "safe",

  notApplicable: ({ carpVips }) => (carpVips.pairs.length === 0 ? "no CARP VIP on both nodes" : undefined),

  *check({ carpVips, primary: sender }) {
    for (const twins of carpVips.pairs) {
      const { primary, secondary } = twins;
      if (!primary.electable || !secondary.electable || secondary.interval > primary.interval) continue;
      yield {
        at: secondary.advskew.at,
        message: `${secondary.title}: expected ${expected(twins)}`,
        subject: secondary.subject,
        related: [{ at: primary.advskew.at, message: "the primary's advskew" }],
        fix: syncsVips(sender) ? slowDownSecondary(twins) : undefined,
        help: "give the secondary a higher advskew than the primary, 100 more is what XMLRPC sync writes",
      };
    }
  },
};

function expected({ primary, secondary }: Pair<Vip>): string {
  if (primary.effectiveAdvbase !== secondary.effectiveAdvbase) {
    return `the secondary to advertise more slowly than ${pace(primary)}, found ${pace(secondary)}`;
  }
  return `advskew above ${Math.min(maxSkew, primary.effectiveAdvskew)} on the secondary, found ${secondary.effectiveAdvskew}`;
}

const pace = (vip: Vip): string => `advbase ${vip.effectiveAdvbase} and advskew ${vip.effectiveAdvskew}`;

/** None if the bases differ, since the base may be what is wrong, or if no advskew is left above the primary's. */
function slowDownSecondary({ primary, secondary }: Pair<Vip>): DraftFix | undefined {
  const advskew = syncedAdvskew(primary.effectiveAdvskew);
  if (primary.effectiveAdvbase !== secondary.effectiveAdvbase) return undefined;
  if (Math.min(maxSkew, advskew) <= Math.min(maxSkew, primary.effectiveAdvskew)) return undefined;
  return {
    title: `set the advskew that XMLRPC sync would write, ${advskew}`,
    safe: true,
    edits: [setText(secondary.advskew, String(advskew))],
  };
}
