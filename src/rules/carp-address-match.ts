import type { Cluster } from "../cluster/cluster.ts";
import type { Address } from "../model/address.ts";
import { setText } from "../model/edit.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { asSyncWrites, carpVipsAt, withoutTwins } from "./_twins.ts";
import type { Problem, Rule } from "./rule.ts";

export const carpAddressMatch: Rule = {
  id: "carp-address-match",
  severity: "error",
  summary: "A VHID stands for the same address on both nodes.",
  fix: "safe",

  notApplicable: withoutTwins,

  *check(cluster) {
    for (const { primary, secondary } of cluster.carpVips.pairs) {
      const expected = primary.subnet.value;
      if (primary.subnet.empty) yield withoutAddress(primary, secondary);
      if (!expected || secondary.subnet.unreadable) continue;
      // The primary has the address on that interface: under this VHID, or under another, as carp-vhid-match says.
      if (carpVipsAt(cluster.primary, secondary).length > 0) continue;
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

/** Sync would take the address from the secondary too, so that there is nothing to write from there. */
const withoutAddress = ({ title, subnet, subject }: Vip, secondary: Vip): Problem => ({
  at: subnet.at,
  message: `${title}: expected an address on the primary, found none`,
  subject,
  related: secondary.subnet.empty ? [] : [{ at: secondary.subnet.at, message: "the secondary's address" }],
  help: "give the VIP its address on the primary; sync carries it",
});

/** Whether another VIP of the secondary holds an address already. */
const isTaken = ({ secondary }: Cluster, address: Address): boolean => secondary.vipWith(address) !== undefined;
