import type { Cluster } from "../cluster/cluster.ts";
import { contains } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { samePlace, setNumber, withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpMaskInterface: Rule = {
  id: "carp-mask-interface",
  severity: "warning",
  summary: "A CARP VIP has the prefix length of its interface.",
  fix: "unsafe",

  notApplicable: withoutCarpVips,

  *check(cluster) {
    const { primary, secondary, carpVips } = cluster;
    for (const [config, vip] of [
      ...primary.carpVips.map((vip) => [primary, vip] as const),
      ...carpVips.secondaryOnly.map((vip) => [secondary, vip] as const),
    ]) {
      const expected = interfaceBits(config, vip);
      const { subnetBits } = vip;
      if (expected === undefined || subnetBits.value === undefined || subnetBits.value === expected.value) continue;
      yield {
        at: subnetBits.at,
        message: `${vip.title}: expected prefix length ${expected.text} as on the interface, found ${subnetBits.text}`,
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

/** The prefix length of the VIP's interface, if it is enabled and its static network holds the VIP. */
function interfaceBits(config: Config, { interface: key, subnet, family }: Vip) {
  const port = config.interface(key.text);
  const network = family && port?.enabled ? port.networkOf(family) : undefined;
  return family && network && subnet.value && contains(network, subnet.value) ? port?.subnetField(family) : undefined;
}

/** The VIP, and its twin if that has the same address. */
const bothNodes = ({ carpVips }: Cluster, vip: Vip): readonly Vip[] => {
  const twin = carpVips.pairs.find(({ primary }) => primary === vip)?.secondary;
  return twin && samePlace(twin, vip) ? [vip, twin] : [vip];
};
