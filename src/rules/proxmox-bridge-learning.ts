import { carpInterfaces, dependentVips, wires, withoutGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxBridgeLearning: Rule = {
  id: "proxmox-bridge-learning",
  severity: "error",
  summary: "Bridges under CARP learn MAC addresses.",
  fix: "none",

  notApplicable: withoutGuests,

  *check(cluster) {
    for (const wire of wires(cluster)) {
      const bridge = cluster.hypervisor?.bridge(wire.node, wire.nic);
      if (!bridge || bridge.learning || carpInterfaces(wire).length === 0) continue;
      yield {
        at: bridge.place("bridge-disable-mac-learning"),
        message: `bridge ${bridge.name}: expected MAC learning on under ${wire.title}, found it off, so that frames for ${dependentVips(wire)} do not arrive`,
        subject: `${wire.subject}/learning`,
        related: [{ at: wire.nic.at, message: "the network card" }],
        help: "remove bridge-disable-mac-learning from the bridge",
      };
    }
  },
};
