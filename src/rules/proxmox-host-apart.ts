import { withoutBothGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxHostApart: Rule = {
  id: "proxmox-host-apart",
  severity: "warning",
  summary: "The nodes run on different hosts.",
  fix: "none",

  notApplicable: withoutBothGuests,

  *check({ hypervisor }) {
    const primary = hypervisor?.node("primary");
    const secondary = hypervisor?.node("secondary");
    if (!hypervisor?.onOneHost || !primary || !secondary) return;
    yield {
      at: secondary.guest.at,
      message: `VM ${secondary.guest.id}: expected a host other than that of VM ${primary.guest.id}, found both on one host, which takes the pair down with it`,
      subject: "proxmox/host",
      related: [{ at: primary.guest.at, message: "the primary's virtual machine" }],
      help: "move one of the two to another host, and keep them apart with a node affinity rule",
    };
  },
};
