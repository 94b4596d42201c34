import { carpInterfaces, dependentVips, firewallInForce, wires, withoutGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxNicFirewall: Rule = {
  id: "proxmox-nic-firewall",
  severity: "info",
  summary: "The hypervisor's firewall is off on NICs with CARP.",
  fix: "none",

  notApplicable: withoutGuests,

  *check(cluster) {
    for (const wire of wires(cluster)) {
      if (carpInterfaces(wire).length === 0 || !wire.nic.firewall || firewallInForce(cluster, wire)) continue;
      yield {
        at: wire.nic.place("firewall"),
        message: `${wire.title}: expected no firewall=1, found it, without effect until the firewall is turned on; it would then drop the frames of ${dependentVips(wire)}`,
        subject: wire.subject,
        help: "take firewall=1 off the card, or write macfilter: 0 into the machine's firewall file before it is turned on",
      };
    }
  },
};
