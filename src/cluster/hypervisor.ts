import type { NodeRole } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import type { Host, ProxmoxFiles } from "../model/proxmox/files.ts";
import { type FirewallFile, optionOn } from "../model/proxmox/firewall.ts";
import type { Guest, Nic } from "../model/proxmox/guest.ts";
import type { HostBridge } from "../model/proxmox/host.ts";
import type { Source } from "../source.ts";

/** What a user may say where the files do not tell: the number of a node's guest, and cards by interface key. */
export interface GuestHint {
  readonly id?: string | undefined;
  /** `{ opt1: "net2" }`. */
  readonly nics?: Readonly<Record<string, string>> | undefined;
}

/** A node's virtual machine, and what is known of its host. */
export interface VirtualNode {
  readonly role: NodeRole;
  readonly config: Config;
  readonly guest: Guest;
  readonly host: Host;
  /** The guest's own firewall file. */
  readonly firewall: FirewallFile | undefined;
}

/** The wires under a pair: two virtual machines on one or two hosts of Proxmox VE. */
export class Hypervisor {
  readonly files: ProxmoxFiles;
  /** Nodes whose virtual machine is known, the primary first. */
  readonly nodes: readonly VirtualNode[];
  /** What could not be told, for people: which node's machine, which interface's card, and how to say it. */
  readonly unknown: readonly string[];
  readonly #nics: ReadonlyMap<string, Nic>;

  constructor(
    primary: Config,
    secondary: Config,
    files: ProxmoxFiles,
    hints: Partial<Record<NodeRole, GuestHint>> = {},
  ) {
    this.files = files;
    const unknown: string[] = [];
    const configs = [
      ["primary", primary],
      ["secondary", secondary],
    ] as const;
    this.nodes = matchGuests(files, configs, hints, unknown);
    const nics = new Map<string, Nic>();
    for (const node of this.nodes) {
      for (const entry of node.config.interfaces.filter(({ enabled }) => enabled)) {
        const nic = nicFor(node, entry, hints[node.role]?.nics);
        if (nic) nics.set(`${node.role}/${entry.key}`, nic);
        else if (!entry.isVpn) {
          unknown.push(`the network card of ${entry.title} (${entry.device.text || "no device"}) on the ${node.role}`);
        }
      }
    }
    this.#nics = nics;
    this.unknown = unknown;
  }

  node(role: NodeRole): VirtualNode | undefined {
    return this.nodes.find((node) => node.role === role);
  }

  /** The card that an interface runs on, of a VLAN the card that carries it; undefined if it could not be told. */
  nic(role: NodeRole, key: string): Nic | undefined {
    return this.#nics.get(`${role}/${key}`);
  }

  /** Whether both virtual machines are known, and configured on one host. */
  get onOneHost(): boolean {
    const [first, second] = this.nodes;
    return first !== undefined && second !== undefined && first.host === second.host;
  }

  /** The bridge of a card on its host, if the host's network file was given. */
  bridge(node: VirtualNode, nic: Nic): HostBridge | undefined {
    return node.host.network?.bridges.find(({ name }) => name === nic.bridge);
  }

  /** The same as notes, with what to do about it. */
  get notes(): readonly string[] {
    return this.unknown.map(
      (what) => `cannot tell ${what}; say it under \`proxmox\` of the cluster in the configuration file`,
    );
  }

  /** What to call a host: the last step of its path, unless that would be said of two. */
  hostLabel(host: Host): string {
    const last = ({ name }: Host): string => name.split(/[\\/]/).at(-1) || name;
    const alike = this.files.hosts.filter((other) => last(other) === last(host));
    return (alike.length > 1 ? host.name : last(host)) || "host";
  }

  /** Whether the firewall filters a card's traffic: on in the datacenter, on for the guest, and set on the card. */
  firewallInForce({ firewall }: VirtualNode, nic: Nic): boolean {
    const datacenter = this.files.clusterFirewall;
    return (
      nic.firewall &&
      datacenter !== undefined &&
      optionOn(datacenter, "enable", false) &&
      firewall !== undefined &&
      optionOn(firewall, "enable", false)
    );
  }

  /** Whether frames go out of a card from its own MAC address only, and so not from those of CARP. */
  macFilterInForce(node: VirtualNode, nic: Nic): boolean {
    return this.firewallInForce(node, nic) && node.firewall !== undefined && optionOn(node.firewall, "macfilter", true);
  }

  /**
   * Why what an interface of the primary and one of the secondary are plugged into is surely not one network; undefined
   * if it is, or may be. Between hosts, and between bridges with ports, the files do not tell.
   */
  apart(primaryKey: string, secondaryKey: string = primaryKey): string | undefined {
    const [here, there] = [this.#end("primary", primaryKey), this.#end("secondary", secondaryKey)];
    if (!here || !there) return undefined;
    const ends = [here, there];
    const unplugged = ends.find(({ nic }) => nic.bridge === undefined);
    if (unplugged) return `${unplugged.nic.name} of VM ${unplugged.node.guest.id} is on no bridge`;
    const sameName = here.nic.bridge === there.nic.bridge;
    if (sameName && here.vlan !== there.vlan) {
      return `bridge ${here.nic.bridge} keeps ${vlanTitle(here.vlan)} and ${vlanTitle(there.vlan)} apart`;
    }
    if (sameName && this.onOneHost) return undefined;
    const closed = ends.find(({ node, nic }) => this.bridge(node, nic)?.ports.length === 0);
    if (!closed) return undefined;
    const { bridge } = closed.nic;
    if (sameName) return `bridge ${bridge} of ${this.hostLabel(closed.node.host)} has no port towards the other host`;
    return `${here.nic.bridge} and ${there.nic.bridge} are two bridges, and ${bridge} has no port`;
  }

  /** The VLAN that an interface's frames have on the bridge: the card's tag, the node's own, or one in the other. */
  vlan(role: NodeRole, key: string): string {
    return this.#end(role, key)?.vlan ?? "";
  }

  #end(role: NodeRole, key: string): { node: VirtualNode; nic: Nic; vlan: string } | undefined {
    const [node, nic] = [this.node(role), this.nic(role, key)];
    const entry = node?.config.interface(key);
    if (!node || !nic || !entry) return undefined;
    return { node, nic, vlan: [nic.tag, ownTag(node.config, entry)].filter((tag) => tag !== undefined).join(".") };
  }

  /** The role of the node whose virtual machine a file describes. */
  roleOf(source: Source): NodeRole | undefined {
    return this.nodes.find(({ guest, firewall }) => guest.source === source || firewall?.source === source)?.role;
  }
}

const vlanTitle = (vlan: string): string => (vlan === "" ? "untagged frames" : `VLAN ${vlan}`);

function matchGuests(
  { hosts, firewalls }: ProxmoxFiles,
  configs: readonly (readonly [NodeRole, Config])[],
  hints: Partial<Record<NodeRole, GuestHint>>,
  unknown: string[],
): readonly VirtualNode[] {
  const all = hosts.flatMap((host) => host.guests.map((guest) => ({ host, guest })));
  const nodes: VirtualNode[] = [];
  for (const [role, config] of configs) {
    const id = hints[role]?.id;
    // A name that both nodes have tells neither; system-hostname-unique speaks of it.
    const others = configs.flatMap(([other, { system }]) => (other === role ? [] : namesOf(system)));
    const names = namesOf(config.system).filter((name) => !others.includes(name));
    const found = all.filter(({ guest }) => (id === undefined ? isMeant(guest, config, names) : guest.id === id));
    const [match] = found;
    if (found.length !== 1 || !match) {
      const called = config.system.hostname.text || "like it";
      const problem = found.length > 0 ? "more than one guest is" : names.length > 0 ? "no guest is" : "both nodes are";
      unknown.push(`the virtual machine of the ${role}: ${problem} called ${called}`);
      continue;
    }
    const own = firewalls.filter((firewall) => firewall.id === match.guest.id);
    nodes.push({ role, config, ...match, firewall: own.length === 1 ? own[0] : undefined });
  }
  return nodes;
}

const namesOf = ({ hostname, fullName }: Config["system"]): readonly string[] =>
  [hostname.text, fullName].map((name) => name.toLowerCase()).filter((name) => name !== "");

/** By one of the node's names, or by a MAC address that the export sets. */
function isMeant(guest: Guest, { interfaces }: Config, names: readonly string[]): boolean {
  if (names.includes(guest.name.toLowerCase())) return true;
  const own = new Set(interfaces.map(({ spoofmac }) => spoofmac.text.toLowerCase()).filter((mac) => mac !== ""));
  return guest.nics.some(({ mac }) => mac !== undefined && own.has(mac));
}

/** Which card models a FreeBSD driver attaches to; it numbers them in the order of their slots, which is that of `netN`. */
const drivers: Readonly<Record<string, RegExp>> = {
  em: /^e1000/,
  vtnet: /^virtio$/,
  vmx: /^vmxnet3$/,
  re: /^rtl8139$/,
  rl: /^rtl8139$/,
  le: /^pcnet$/,
  pcn: /^pcnet$/,
};

function nicFor({ guest, config }: VirtualNode, entry: Interface, hint: GuestHint["nics"]): Nic | undefined {
  const named = hint?.[entry.key];
  if (named !== undefined) return guest.nics.find(({ name }) => name === named);
  const mac = entry.spoofmac.text.toLowerCase();
  const byMac = mac === "" ? undefined : guest.nics.find((nic) => nic.mac === mac);
  if (byMac) return byMac;
  const device = parentDevice(config, entry.device.text);
  const [, driver = "", unit = ""] = /^([a-z]+)(\d+)$/.exec(device) ?? [];
  const model = drivers[driver];
  return model && guest.nics.filter((nic) => model.test(nic.model))[Number(unit)];
}

/** The device that carries a VLAN; other devices are their own. */
function parentDevice(config: Config, device: string): string {
  const vlan = config.vlans.find((one) => one.device === device);
  return vlan ? vlan.parent.text : device;
}

/** The VLAN tag that pfSense itself puts on an interface's frames, or undefined. */
export const ownTag = (config: Config, entry: Interface): number | undefined =>
  config.vlans.find((one) => one.device === entry.device.text)?.tag.value;
