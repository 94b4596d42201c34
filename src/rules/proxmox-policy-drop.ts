import { acceptsIncoming, carpProtocol, pfsyncProtocol } from "../model/proxmox/firewall.ts";
import { carpInterfaces, firewallInForce, isSyncWire, type Wire, wires, withoutGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxPolicyDrop: Rule = {
  id: "proxmox-policy-drop",
  severity: "error",
  summary: "The hypervisor's firewall accepts CARP and pfsync.",
  fix: "none",

  notApplicable: withoutGuests,

  *check(cluster) {
    for (const wire of wires(cluster)) {
      const { firewall } = wire.node;
      if (!firewall || !firewallInForce(cluster, wire)) continue;
      for (const { name, numbers } of needed(wire)) {
        if (acceptsIncoming(firewall, wire.nic.name, numbers) !== false) continue;
        yield {
          at: firewall.options.get("policy_in")?.at ?? firewall.at,
          message: `${wire.title}: expected a rule that accepts ${name}, found none and the policy for incoming traffic is to drop`,
          subject: `${wire.subject}/${name}`,
          related: [{ at: wire.nic.at, message: "the network card" }],
          help: `add IN ACCEPT -i ${wire.nic.name} -p ${numbers[0]} under [RULES] of this file`,
        };
      }
    }
  },
};

interface Protocol {
  readonly name: string;
  /** Names and the number that a rule may call it by. */
  readonly numbers: readonly string[];
}

function needed(wire: Wire): readonly Protocol[] {
  return [
    ...(carpInterfaces(wire).length > 0 ? [{ name: "CARP (protocol 112)", numbers: carpProtocol }] : []),
    ...(isSyncWire(wire) && wire.node.config.hasync.pfsyncEnabled.on
      ? [{ name: "pfsync (protocol 240)", numbers: pfsyncProtocol }]
      : []),
  ];
}
