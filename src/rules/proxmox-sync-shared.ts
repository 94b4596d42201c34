import type { Nic } from "../model/proxmox/guest.ts";
import { isSyncWire, wires, withoutGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxSyncShared: Rule = {
  id: "proxmox-sync-shared",
  severity: "warning",
  summary: "No other guest is on the sync network.",
  fix: "none",

  notApplicable: withoutGuests,

  *check(cluster) {
    const pair = new Set(cluster.hypervisor?.nodes.map(({ guest }) => guest));
    const reported = new Set<Nic>();
    for (const wire of wires(cluster).filter(isSyncWire)) {
      for (const guest of wire.node.host.guests.filter((other) => !pair.has(other))) {
        const nic = guest.nics.find(({ bridge, tag }) => bridge === wire.nic.bridge && tag === wire.nic.tag);
        if (!nic || reported.has(nic)) continue;
        reported.add(nic);
        yield {
          at: nic.at,
          message: `guest ${guest.id || guest.name}: expected no card in the segment of the sync interface, found ${nic.name} on ${nic.bridge}`,
          subject: `proxmox/${guest.id || guest.name}/${nic.name}`,
          related: [{ at: wire.nic.at, message: `${wire.title}, where states cross unsigned` }],
          help: "give the sync interface a bridge or VLAN of its own",
        };
      }
    }
  },
};
