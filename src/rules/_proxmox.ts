import type { Cluster } from "../cluster/cluster.ts";
import type { VirtualNode } from "../cluster/hypervisor.ts";
import type { Interface } from "../model/interfaces.ts";
import type { Nic } from "../model/proxmox/guest.ts";

/** A node's network card, and the enabled interfaces that run on it. */
export interface Wire {
  readonly node: VirtualNode;
  readonly nic: Nic;
  readonly interfaces: readonly Interface[];
  /** What the card is, for messages: `net0 (wan) of VM 101`. */
  readonly title: string;
  readonly subject: string;
}

/** Why no proxmox- rule applies: no files, or no virtual machine found in them. */
export function withoutGuests({ hypervisor }: Cluster): string | undefined {
  if (!hypervisor) return "no files of Proxmox VE were given";
  return hypervisor.nodes.length === 0
    ? (hypervisor.unknown[0] ?? "no virtual machine of the pair was found")
    : undefined;
}

/** The same for rules that compare the two machines. */
export function withoutBothGuests(cluster: Cluster): string | undefined {
  const reason = withoutGuests(cluster);
  if (reason !== undefined || cluster.hypervisor?.nodes.length === 2) return reason;
  return cluster.hypervisor?.unknown[0] ?? "only one virtual machine of the pair was found";
}

/** All cards of the pair that interfaces are known to run on. */
export function wires({ hypervisor }: Cluster): readonly Wire[] {
  if (!hypervisor) return [];
  return hypervisor.nodes.flatMap((node) =>
    node.guest.nics.flatMap((nic) => {
      const interfaces = node.config.interfaces.filter(
        (entry) => entry.enabled && hypervisor.nic(node.role, entry.key) === nic,
      );
      return interfaces.length === 0 ? [] : [wire(node, nic, interfaces)];
    }),
  );
}

function wire(node: VirtualNode, nic: Nic, interfaces: readonly Interface[]): Wire {
  const keys = interfaces.map(({ key }) => key).join(", ");
  const id = node.guest.id || node.guest.name;
  return { node, nic, interfaces, title: `${nic.name} (${keys}) of VM ${id}`, subject: `proxmox/${id}/${nic.name}` };
}

/** Interfaces of a card that carry CARP VIPs. */
export const carpInterfaces = ({ node, interfaces }: Wire): readonly Interface[] =>
  interfaces.filter(({ key }) => node.config.carpVipsOn(key).length > 0);

/** `VHID 10 on wan, VHID 20 on lan`: the VIPs that depend on a card. */
export const dependentVips = (one: Wire): string =>
  carpInterfaces(one)
    .flatMap(({ key }) => one.node.config.carpVipsOn(key).map((vip) => vip.title))
    .join(", ");

/** Whether a card carries the sync interface of its node. */
export const isSyncWire = ({ node, interfaces }: Wire): boolean =>
  interfaces.some((entry) => entry === node.config.syncInterface);

/** Whether the firewall filters a card's traffic. */
export const firewallInForce = ({ hypervisor }: Cluster, { node, nic }: Wire): boolean =>
  hypervisor?.firewallInForce(node, nic) ?? false;
