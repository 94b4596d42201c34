import type { Cluster } from "../cluster/cluster.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { samePlace, setNumber, withoutCarpVips } from "./_twins.ts";
import { interfaceBits } from "./_vips.ts";
import type { Rule } from "./rule.ts";

export const carpMaskInterface: Rule = {
  id: "carp-mask-interface",
  severity: "warning",
  summary: "A CARP VIP has the prefix length of its interface.",
  fix: "unsafe",

  notApplicable: withoutCarpVips,

  *check(cluster) {
    const { primary, secondary, carpVips } = cluster;
    for (const [config, peer, vip] of [
      ...primary.carpVips.map((vip) => [primary, secondary, vip] as const),
      ...carpVips.secondaryOnly.map((vip) => [secondary, primary, vip] as const),
    ]) {
      const expected = interfaceBits(config, vip);
      const { subnetBits } = vip;
      if (expected === undefined || subnetBits.unreadable || subnetBits.value === expected.value) continue;
      // If it is that of the other node's interface, the interface is what is wrong, as interface-subnet-match says.
      if (!subnetBits.empty && interfaceBits(peer, vip)?.value === subnetBits.value) continue;
      yield {
        at: subnetBits.at,
        message: `${vip.title}: expected prefix length ${expected.text} as on the interface, found ${subnetBits.text || "none"}`,
        subject: vip.subject,
        related: [{ at: expected.at, message: `the prefix length of ${vip.interface.text}` }],
        fix: {
          title: `write the interface's prefix length, ${expected.text}, wherever the VIP is`,
          safe: false,
          edits: bothNodes(cluster, vip).flatMap((one) => setNumber(one.subnetBits, expected.value ?? 0)),
        },
      };
    }
  },
};

/** The VIP, and its twin if that has the same address. */
const bothNodes = ({ carpVips }: Cluster, vip: Vip): readonly Vip[] => {
  const twin = carpVips.pairs.find(({ primary }) => primary === vip)?.secondary;
  return twin && samePlace(twin, vip) ? [vip, twin] : [vip];
};
