import type { Cluster } from "../cluster/cluster.ts";
import type { Hypervisor, VirtualNode } from "../cluster/hypervisor.ts";
import type { NodeRole } from "../diagnostic.ts";
import { acceptsIncoming, carpProtocol, pfsyncProtocol } from "../model/proxmox/firewall.ts";
import type { Nic } from "../model/proxmox/guest.ts";
import type { Card, Machine, Wires } from "../simulation.ts";

/** What the nodes' machines are plugged into; undefined if no machine is known. */
export function wiresOf({ hypervisor, interfaces }: Cluster): Wires | undefined {
  if (!hypervisor || hypervisor.nodes.length === 0) return undefined;
  const apart = interfaces.pairs.flatMap(({ primary: { key, enabled }, secondary }) => {
    const reason = enabled && secondary.enabled ? hypervisor.apart(key) : undefined;
    return reason === undefined ? [] : [[key, reason] as const];
  });
  return {
    machines: hypervisor.nodes.map((node) => machineOf(hypervisor, node)),
    apart: new Map(apart),
    unknown: hypervisor.unknown,
  };
}

function machineOf(hypervisor: Hypervisor, node: VirtualNode): Machine {
  const { role, guest, host } = node;
  return {
    role,
    host: hypervisor.hostLabel(host),
    vm: guest.id,
    name: guest.name,
    cards: guest.nics.flatMap((nic) => {
      const interfaces = interfacesOn(hypervisor, node, nic);
      return interfaces.length === 0 ? [] : [cardOf(hypervisor, node, nic, interfaces)];
    }),
  };
}

function cardOf(hypervisor: Hypervisor, node: VirtualNode, nic: Nic, interfaces: readonly string[]): Card {
  const { name, bridge, tag, linkDown } = nic;
  return { name, interfaces, bridge, tag, ports: hypervisor.bridge(node, nic)?.ports, linkDown };
}

/** Keys of the enabled interfaces that run on a card. */
function interfacesOn(hypervisor: Hypervisor, { role, config }: VirtualNode, nic: Nic): readonly string[] {
  return config.interfaces
    .filter(({ key, enabled }) => enabled && hypervisor.nic(role, key) === nic)
    .map(({ key }) => key);
}

/** Keys of the interfaces whose card the hypervisor has unplugged, with `link_down=1`. */
export function unplugged({ hypervisor }: Cluster, role: NodeRole): readonly string[] {
  const node = hypervisor?.node(role);
  if (!hypervisor || !node) return [];
  return node.guest.nics.filter(({ linkDown }) => linkDown).flatMap((nic) => interfacesOn(hypervisor, node, nic));
}

/** Why advertisements on an interface do not get from a node to the other, as far as the hypervisor decides it. */
export function droppedCarp({ hypervisor }: Cluster, receiver: NodeRole, key: string): string | undefined {
  const sender: NodeRole = receiver === "primary" ? "secondary" : "primary";
  const [from, out] = [hypervisor?.node(sender), hypervisor?.nic(sender, key)];
  if (from && out && hypervisor?.macFilterInForce(from, out)) {
    return `the MAC filter of ${out.name} of VM ${from.guest.id} drops what the ${sender} sends from the MAC address of the VHID`;
  }
  return droppedIncoming(hypervisor, receiver, key, carpProtocol);
}

/** Why states do not get from a node to the other, as far as the hypervisor decides it. */
export function droppedStates(cluster: Cluster, receiver: NodeRole): string | undefined {
  const { hypervisor, primary, secondary } = cluster;
  const [here, there] = [primary.syncInterface?.key, secondary.syncInterface?.key];
  const apart = here === undefined || there === undefined ? undefined : hypervisor?.apart(here, there);
  const key = cluster[receiver].syncInterface?.key;
  return apart ?? (key === undefined ? undefined : droppedIncoming(hypervisor, receiver, key, pfsyncProtocol));
}

function droppedIncoming(
  hypervisor: Hypervisor | undefined,
  role: NodeRole,
  key: string,
  protocols: readonly string[],
): string | undefined {
  const [node, nic] = [hypervisor?.node(role), hypervisor?.nic(role, key)];
  if (!node?.firewall || !nic || !hypervisor?.firewallInForce(node, nic)) return undefined;
  if (acceptsIncoming(node.firewall, nic.name, protocols) !== false) return undefined;
  return `the hypervisor's firewall drops what comes in on ${nic.name} of VM ${node.guest.id}`;
}
