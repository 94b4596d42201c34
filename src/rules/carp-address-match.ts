import type { Cluster } from "../cluster/cluster.ts";
import { type Address, sameAddress } from "../model/address.ts";
import { setText } from "../model/edit.ts";
import { asSyncWrites, samePlace, withoutTwins } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpAddressMatch: Rule = {
  id: "carp-address-match",
  severity: "error",
  summary: "A VHID stands for the same address on both nodes.",
  fix: "safe",

  notApplicable: withoutTwins,

  *check(cluster) {
    for (const { primary, secondary } of cluster.carpVips.pairs) {
      const expected = primary.subnet.value;
      if (!expected || secondary.subnet.unreadable) continue;
      // The primary has the address on that interface: under this VHID, or under another, as carp-vhid-match says.
      if (samePlace(primary, secondary) || cluster.primary.carpVips.some((vip) => samePlace(vip, secondary))) continue;
      yield {
        at: secondary.subnet.at,
        message: `${secondary.title}: expected ${primary.subnet.text} as on the primary, found ${secondary.subnet.text || "none"}`,
        subject: secondary.subject,
        related: [{ at: primary.subnet.at, message: "the primary's address" }],
        fix: isTaken(cluster, expected)
          ? undefined
          : asSyncWrites(
              cluster,
              `write the primary's address, ${primary.subnet.text}, as XMLRPC sync would`,
              setText(secondary.subnet, primary.subnet.text),
            ),
        help: "give the VHID the same address on both nodes; the checksum of advertisements covers it",
      };
    }
  },
};

/** Whether another VIP of the secondary holds an address already. */
const isTaken = ({ secondary }: Cluster, address: Address): boolean =>
  secondary.vips.some(({ subnet }) => subnet.value && sameAddress(subnet.value, address));
