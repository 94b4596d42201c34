import type { Field } from "../model/field.ts";
import { carpRanges, type Vip } from "../model/virtual-ips.ts";
import { withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpValueRange: Rule = {
  id: "carp-value-range",
  severity: "error",
  summary: "VHID, advbase and advskew are within what the kernel accepts.",
  fix: "none",

  notApplicable: withoutCarpVips,

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const vip of config.carpVips) {
        for (const name of outOfRange(vip)) {
          const { min, max } = carpRanges[name];
          const field: Field<number> = vip[name];
          yield {
            at: field.at,
            message: `${vip.title}: expected ${name} from ${min} to ${max}, found ${field.empty ? "none" : field.text}`,
            subject: vip.subject,
            help: `set ${name} to a number from ${min} to ${max}, as the GUI offers them`,
          };
        }
      }
    }
  },
};

/** A missing advbase or advskew has a default, a missing VHID has none. */
const outOfRange = (vip: Vip): readonly (keyof typeof carpRanges)[] =>
  (["vhid", "advbase", "advskew"] as const).filter(
    (name) => !vip.isInRange(name) || (name === "vhid" && vip.vhid.empty),
  );
