import { carpInterfaces, dependentVips, wires, withoutGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxMacFilter: Rule = {
  id: "proxmox-mac-filter",
  severity: "error",
  summary: "The hypervisor lets the CARP MAC address out.",
  fix: "none",

  notApplicable: withoutGuests,

  *check(cluster) {
    for (const wire of wires(cluster)) {
      const { firewall } = wire.node;
      if (carpInterfaces(wire).length === 0 || !firewall) continue;
      if (!cluster.hypervisor?.macFilterInForce(wire.node, wire.nic)) continue;
      yield {
        at: wire.nic.place("firewall"),
        message: `${wire.title}: expected frames from the MAC addresses of ${dependentVips(wire)} to pass, found the MAC filter on`,
        subject: wire.subject,
        related: [{ at: firewall.at, message: "the firewall of this machine is on, macfilter is not 0" }],
        help: "write macfilter: 0 under [OPTIONS] of the machine's firewall file, or take firewall=1 off the card",
      };
    }
  },
};
