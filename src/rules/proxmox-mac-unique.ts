import { withoutBothGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxMacUnique: Rule = {
  id: "proxmox-mac-unique",
  severity: "error",
  summary: "The VMs share no MAC address.",
  fix: "none",

  notApplicable: withoutBothGuests,

  *check({ hypervisor }) {
    const primary = hypervisor?.node("primary");
    const secondary = hypervisor?.node("secondary");
    for (const nic of secondary?.guest.nics ?? []) {
      const twin = primary?.guest.nics.find(({ mac }) => mac !== undefined && mac === nic.mac);
      if (!twin) continue;
      yield {
        at: nic.at,
        message: `${nic.name} of VM ${secondary?.guest.id}: expected a MAC address of its own, found that of ${twin.name} of VM ${primary?.guest.id}`,
        subject: `proxmox/${secondary?.guest.id}/${nic.name}`,
        related: [{ at: twin.at, message: "the primary's network card" }],
        help: "give the card a new MAC address, as a machine that was cloned needs",
      };
    }
  },
};
