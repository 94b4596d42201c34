import { type Address, type Network, parseNetwork } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import type { Interface } from "../../model/interfaces.ts";
import type { Vip } from "../../model/virtual-ips.ts";
import { AddressSet, hostNetwork } from "./sets.ts";

/** A VIP with its mask, as pf hears of it: an empty mask means the address alone. */
interface PlacedVip {
  readonly vip: Vip;
  readonly address: Address;
  readonly network: Network;
}

/** An enabled interface as pf knows it (`filter.inc`, `filter_generate_optcfg_array()`). */
export class Link {
  readonly entry: Interface;
  readonly vips: readonly PlacedVip[];
  /** Addresses that nobody would tell an interface of this node. */
  readonly #settled: AddressSet;

  constructor(entry: Interface, vips: readonly PlacedVip[], settled: AddressSet) {
    this.entry = entry;
    this.vips = vips;
    this.#settled = settled;
  }

  get key(): string {
    return this.entry.key;
  }

  /** The name in pf's labels: the description in capitals. */
  get label(): string {
    return this.entry.label.toUpperCase();
  }

  /** The interface address of a family: known, told to the node by somebody else, or none. */
  addressSet(family: 4 | 6): AddressSet | undefined {
    const address = this.entry.addressOf(family);
    return address ? AddressSet.of([hostNetwork(address)]) : this.#told(family);
  }

  /** The interface network of a family, without VIPs. */
  networkSet(family: 4 | 6): AddressSet | undefined {
    const own = this.entry.networkOf(family);
    return own ? AddressSet.of([own]) : this.#told(family);
  }

  #told(family: 4 | 6): AddressSet | undefined {
    return this.entry.isDynamic(family) ? AddressSet.of([], this.#reason(family), this.#settled) : undefined;
  }

  #reason(family: 4 | 6): string {
    return `${this.key} is told its IPv${family} address by ${this.entry.addressField(family).text}`;
  }

  /** Networks of the VIPs of a family. */
  vipNetworks(family: 4 | 6): readonly Network[] {
    return this.vips.filter(({ address }) => address.family === family).map((vip) => vip.network);
  }

  /** All addresses of the interface, pf's `(em0)`: VIPs of proxy ARP and other are on no interface. */
  get ownAddresses(): AddressSet {
    const placed = this.vips.filter(({ vip }) => vip.isCarp || vip.isAlias);
    const vips = AddressSet.of(placed.map(({ address }) => hostNetwork(address)));
    return AddressSet.union([vips, ...([4, 6] as const).flatMap((family) => this.addressSet(family) ?? [])]);
  }
}

const networks = (...texts: string[]): readonly Network[] => texts.map((text) => parseNetwork(text)!);

/** Loopback, link-local, multicast and reserved addresses: no provider hands them out. */
const neverTold = networks(
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/3",
  "::/96",
  "fe80::/10",
  "ff00::/8",
);

const loopback = AddressSet.of(networks("127.0.0.1", "::1"));

/** Pseudo interfaces that exist while their service is configured (`filter_generate_optcfg_array()`). */
function pseudoInterfaces({ tree }: Config): readonly string[] {
  const ipsec = tree
    .path("ipsec")
    .list("phase1")
    .some((phase1) => !phase1.has("disabled"));
  const openvpn = tree.section("openvpn");
  const l2tp = tree.path("l2tp").textOf("mode") === "server";
  const pppoe = tree
    .path("pppoes")
    .list("pppoe")
    .some((server) => server.textOf("mode") === "server");
  return [
    ...(ipsec ? ["enc0"] : []),
    ...(openvpn.has("openvpn-server") || openvpn.has("openvpn-client") ? ["openvpn"] : []),
    ...(l2tp ? ["l2tp"] : []),
    ...(pppoe ? ["pppoe"] : []),
  ];
}

/** Interfaces, pseudo interfaces and groups of one node, and which addresses are its own. */
export class Links {
  readonly #config: Config;
  readonly #links: ReadonlyMap<string, Link>;
  readonly pseudo: ReadonlySet<string>;
  #self: AddressSet | undefined;

  constructor(config: Config) {
    this.#config = config;
    const vips = new Map<string, PlacedVip[]>();
    for (const vip of config.vips) {
      const address = vip.subnet.value;
      if (!address) continue;
      const key = config.interfaceOf(vip);
      const placed = { vip, address, network: vip.network ?? hostNetwork(address) };
      const list = vips.get(key);
      if (list) list.push(placed);
      else vips.set(key, [placed]);
    }
    const enabled = config.interfaces.filter((entry) => entry.enabled && !entry.device.empty);
    const networks = enabled.flatMap((entry) => ([4, 6] as const).flatMap((family) => entry.networkOf(family) ?? []));
    const settled = AddressSet.of([...networks, ...neverTold]);
    this.#links = new Map(enabled.map((entry) => [entry.key, new Link(entry, vips.get(entry.key) ?? [], settled)]));
    this.pseudo = new Set(pseudoInterfaces(config));
  }

  get all(): Iterable<Link> {
    return this.#links.values();
  }

  get(key: string): Link | undefined {
    return this.#links.get(key);
  }

  /** Whether a rule on it is loaded. */
  has(name: string): boolean {
    return this.#links.has(name) || this.pseudo.has(name) || this.isGroup(name);
  }

  isGroup(name: string): boolean {
    return this.#config.interfaceGroups.some((group) => group.name.text === name);
  }

  /** Members of a group that are enabled. */
  membersOf(name: string): readonly Link[] {
    const group = this.#config.interfaceGroups.find((entry) => entry.name.text === name);
    return (group?.members ?? []).flatMap((key) => this.get(key) ?? []);
  }

  /**
   * The names under which rules reach a packet on an interface: itself, its groups, and `openvpn` for OpenVPN's devices.
   * Undefined if no packet can be there.
   */
  namesOf(key: string): ReadonlySet<string> | undefined {
    if (key === "lo0" || this.pseudo.has(key)) return new Set([key]);
    const link = this.get(key);
    if (!link) return undefined;
    const groups = this.#config.interfaceGroups.filter((group) => group.members.includes(key));
    const names = [key, ...groups.map((group) => group.name.text)];
    if (link.entry.device.text.startsWith("ovpn")) names.push("openvpn");
    return new Set(names);
  }

  /** Whether pfSense takes an interface for a bridge member: it looks for the key anywhere in the list of members. */
  isBridged(key: string): boolean {
    return this.#config.bridges.some((bridge) => bridge.tree.textOf("members").toLowerCase().includes(key));
  }

  /** All addresses of the node, pf's `(self)`. */
  get self(): AddressSet {
    this.#self ??= AddressSet.union([loopback, ...[...this.all].map((link) => link.ownAddresses)]);
    return this.#self;
  }
}
