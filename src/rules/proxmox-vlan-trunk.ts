import { ownTag } from "../cluster/hypervisor.ts";
import type { VlanRange } from "../model/proxmox/guest.ts";
import type { Span } from "../source.ts";
import { type Wire, wires, withoutGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxVlanTrunk: Rule = {
  id: "proxmox-vlan-trunk",
  severity: "error",
  summary: "The hypervisor passes every VLAN that a node uses.",
  fix: "none",

  notApplicable: withoutGuests,

  *check(cluster) {
    for (const wire of wires(cluster)) {
      const limits = limitsOf(wire, cluster.hypervisor?.bridge(wire.node, wire.nic));
      for (const entry of wire.interfaces) {
        const tag = ownTag(wire.node.config, entry);
        const limit = tag === undefined ? undefined : limits.find(({ ranges }) => !includes(ranges, tag));
        if (!limit) continue;
        yield {
          at: limit.at,
          message: `${entry.title} on ${wire.nic.name}: expected VLAN ${tag} to pass, found it outside ${limit.name}`,
          subject: `${wire.subject}/vlan-${tag}`,
          related: [{ at: entry.device.at, message: "the interface on that VLAN" }],
          help: `add ${tag} to ${limit.name}`,
        };
      }
    }
  },
};

interface Limit {
  readonly name: string;
  readonly at: Span;
  readonly ranges: readonly VlanRange[];
}

function limitsOf(
  { nic }: Wire,
  bridge: { vlanAware: boolean; vids: readonly VlanRange[] | undefined; place(option: string): Span } | undefined,
): readonly Limit[] {
  const trunks = nic.trunks && { name: "trunks", at: nic.place("trunks"), ranges: nic.trunks };
  const vids = bridge?.vlanAware &&
    bridge.vids && { name: "bridge-vids", at: bridge.place("bridge-vids"), ranges: bridge.vids };
  return [trunks, vids].filter((limit) => limit !== undefined && limit !== false);
}

const includes = (ranges: readonly VlanRange[], tag: number): boolean =>
  ranges.some(({ first, last }) => first <= tag && tag <= last);
