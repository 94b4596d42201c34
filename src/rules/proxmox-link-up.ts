import { carpInterfaces, dependentVips, isSyncWire, wires, withoutGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxLinkUp: Rule = {
  id: "proxmox-link-up",
  severity: "warning",
  summary: "NICs with CARP or pfsync are connected.",
  fix: "none",

  notApplicable: withoutGuests,

  *check(cluster) {
    for (const wire of wires(cluster)) {
      const vips = dependentVips(wire);
      if (!wire.nic.linkDown || (carpInterfaces(wire).length === 0 && !isSyncWire(wire))) continue;
      const effect =
        vips === "" ? "no states and no configuration are synchronised" : `${vips} stays INIT and the node is demoted`;
      yield {
        at: wire.nic.place("link_down"),
        message: `${wire.title}: expected the link up, found link_down=1, so that ${effect}`,
        subject: wire.subject,
        help: "take link_down=1 off the card",
      };
    }
  },
};
