import { isSyncWire, wires, withoutBothGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxSyncUplink: Rule = {
  id: "proxmox-sync-uplink",
  severity: "error",
  summary: "The sync network reaches from host to host.",
  fix: "none",

  notApplicable: (cluster) =>
    withoutBothGuests(cluster) ?? (cluster.hypervisor?.onOneHost ? "both virtual machines are on one host" : undefined),

  *check(cluster) {
    for (const wire of wires(cluster).filter(isSyncWire)) {
      const bridge = cluster.hypervisor?.bridge(wire.node, wire.nic);
      if (!bridge || bridge.ports.length > 0) continue;
      yield {
        at: bridge.place("bridge-ports"),
        message: `bridge ${bridge.name} under ${wire.title}: expected a port towards the other host, found none`,
        subject: `${wire.subject}/uplink`,
        related: [{ at: wire.nic.at, message: "the network card of the sync interface" }],
        help: "give the bridge a port, or connect the card to a network that both hosts share",
      };
    }
  },
};
