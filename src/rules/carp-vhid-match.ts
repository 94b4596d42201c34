import type { Pair } from "../cluster/match.ts";
import type { Config } from "../model/config.ts";
import { setText } from "../model/edit.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { asSyncWrites, carpVipsAt, withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpVhidMatch: Rule = {
  id: "carp-vhid-match",
  severity: "error",
  summary: "A CARP VIP has the same VHID on both nodes.",
  fix: "safe",

  notApplicable: withoutCarpVips,

  *check(cluster) {
    const found = renumbered(cluster);
    for (const { primary, secondary } of found) {
      const vhid = primary.vhid.text;
      // Another VIP of the secondary holds that VHID; it gives way only if it has to be renumbered itself.
      const taken = cluster.secondary.carpVips.some(
        (vip) =>
          vip.interface.text === secondary.interface.text &&
          vip.vhid.value === primary.vhid.value &&
          !found.some((other) => other.secondary === vip),
      );
      yield {
        at: secondary.vhid.at,
        message: `CARP VIP ${secondary.subnet.text} on ${secondary.interface.text}: expected VHID ${vhid} as on the primary, found ${secondary.vhid.text}`,
        subject: secondary.subject,
        related: [{ at: primary.vhid.at, message: "the primary's VHID" }],
        fix: taken
          ? undefined
          : asSyncWrites(
              cluster,
              `write the primary's VHID, ${vhid}, as XMLRPC sync would`,
              setText(secondary.vhid, vhid),
            ),
        help: "give the VIP one VHID on both nodes; nodes with different VHIDs do not hear each other",
      };
    }
  },
};

/** VIPs of the secondary that have the interface and address of one of the primary, and no such one has their VHID. */
function renumbered({ primary, secondary }: Pair<Config>): readonly Pair<Vip>[] {
  return secondary.carpVips.flatMap((vip) => {
    const same = carpVipsAt(primary, vip);
    const known = vip.vhid.value !== undefined && same.every(({ vhid }) => vhid.value !== undefined);
    const [first] = same;
    const agree = !known || same.some(({ vhid }) => vhid.value === vip.vhid.value);
    return first && !agree ? [{ primary: first, secondary: vip }] : [];
  });
}
