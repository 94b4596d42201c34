import { overlaps } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpVhidUnique: Rule = {
  id: "carp-vhid-unique",
  severity: "error",
  summary: "A VHID is used once in a network.",
  fix: "none",

  notApplicable: withoutCarpVips,

  *check({ nodes }) {
    for (const { config } of nodes) {
      const before = new Map<number, Vip[]>();
      for (const vip of config.carpVips) {
        const vhid = vip.vhid.value;
        if (vhid === undefined) continue;
        const others = before.get(vhid) ?? [];
        before.set(vhid, [...others, vip]);
        for (const other of others) {
          const where = sharedNetwork(config, vip, other);
          if (where === undefined) continue;
          yield {
            at: vip.vhid.at,
            message: `${vip.title}: expected a VHID that no other CARP VIP of the network has, found that of ${other.subnet.text} ${where}`,
            subject: vip.subject,
            related: [{ at: other.vhid.at, message: `the VHID of ${other.subnet.text}` }],
            help: "give one of the two VIPs another VHID on the primary, and on the secondary unless VIPs are synced",
          };
          break;
        }
      }
    }
  },
};

/** How two VIPs come to be in one network, where that can be told from the file; undefined if they are not. */
function sharedNetwork(config: Config, vip: Vip, other: Vip): string | undefined {
  const [key, otherKey] = [vip.interface.text, other.interface.text];
  if (key === otherKey) return "on the same interface";
  const here = config.interface(key);
  const there = config.interface(otherKey);
  if (!here?.enabled || !there?.enabled) return undefined;
  if (!here.device.empty && here.device.text === there.device.text) return `on ${otherKey}, which is the same device`;
  if (config.bridges.some(({ members }) => members.includes(key) && members.includes(otherKey))) {
    return `on ${otherKey}, which is in the same bridge`;
  }
  const overlapping = ([4, 6] as const).some((family) => {
    const networks = [here.networkOf(family), there.networkOf(family)];
    return networks[0] && networks[1] && overlaps(networks[0], networks[1]);
  });
  return overlapping ? `on ${otherKey}, whose network overlaps` : undefined;
}
