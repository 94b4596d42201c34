import { type Address, parseAddress, parseIpv4 } from "./address.ts";
import { Entry, Field, type Flag } from "./field.ts";

/** What clients are told: by a server as a whole, by one of its pools, or by one static mapping. */
export abstract class DhcpOptions extends Entry {
  /** Of the interface that the server is for. */
  abstract readonly key: string;

  /** The router that clients get. Empty means the node's own address, `none` means no router (`services.inc`). */
  get gateway(): Field<Address | string> {
    return new Field(this.tree, "gateway", "an IPv4 address or none", (text) =>
      text === "none" ? text : parseIpv4(text),
    );
  }

  /** The router that clients get, if it is an address. */
  get gatewayAddress(): Address | undefined {
    const { value } = this.gateway;
    return typeof value === "string" ? undefined : value;
  }

  /** The name servers that clients get, in order. */
  get dnsServers(): readonly DnsServer[] {
    return this.tree.list("dnsserver").map((tree) => new DnsServer(tree));
  }

  /** What follows the key in messages and subjects: nothing for the server as a whole. */
  get part(): string {
    return "";
  }

  /** `DHCP on lan, pool 192.168.7.200`. */
  get title(): string {
    const { part } = this;
    return part === "" ? `DHCP on ${this.key}` : `DHCP on ${this.key}, ${part}`;
  }

  get subject(): string {
    const { part } = this;
    return part === "" ? `dhcpd/${this.key}` : `dhcpd/${this.key}/${part}`;
  }

  override get checked(): readonly Field<unknown>[] {
    return [this.gateway];
  }
}

/** One `dnsserver` of a list. */
export class DnsServer extends Entry {
  get text(): string {
    return this.tree.text;
  }

  get address(): Address | undefined {
    return parseAddress(this.text);
  }
}

/** A range of addresses to lease, `range/from` and `range/to`, both included. */
export class DhcpRange extends Entry {
  get from(): Field<Address> {
    return this.ipv4Field("from");
  }

  get to(): Field<Address> {
    return this.ipv4Field("to");
  }

  contains(address: Address): boolean {
    const from = this.from.value;
    const to = this.to.value;
    return address.family === 4 && !!from && !!to && from.value <= address.value && address.value <= to.value;
  }

  overlaps(other: DhcpRange): boolean {
    const [from, to, otherFrom, otherTo] = [this.from.value, this.to.value, other.from.value, other.to.value];
    return !!from && !!to && !!otherFrom && !!otherTo && from.value <= otherTo.value && otherFrom.value <= to.value;
  }

  override get checked(): readonly Field<unknown>[] {
    return [this.from, this.to];
  }
}

/** `dhcpd/lan/pool`: a further range, with options of its own. */
export class DhcpPool extends DhcpOptions {
  readonly key: string;
  readonly #index: number;

  constructor(tree: Entry["tree"], key: string, index: number) {
    super(tree);
    this.key = key;
    this.#index = index;
  }

  get range(): DhcpRange {
    return new DhcpRange(this.tree.section("range"));
  }

  override get part(): string {
    return `pool ${this.range.from.text || `#${this.#index + 1}`}`;
  }
}

/** `dhcpd/lan/staticmap`: one client, with options of its own. */
export class StaticMapping extends DhcpOptions {
  readonly key: string;

  constructor(tree: Entry["tree"], key: string) {
    super(tree);
    this.key = key;
  }

  get address(): Field<Address> {
    return this.ipv4Field("ipaddr");
  }

  override get checked(): readonly Field<unknown>[] {
    return [...super.checked, this.address];
  }

  override get part(): string {
    const { tree } = this;
    return `static mapping ${tree.textOf("mac") || tree.textOf("cid") || tree.textOf("ipaddr")}`;
  }
}

/** The DHCP settings of one interface, `dhcpd/lan`. Both backends, ISC and Kea, read them. */
export class DhcpServer extends DhcpOptions {
  get key(): string {
    return this.tree.name;
  }

  get enable(): Flag {
    return this.flagField("enable");
  }

  get range(): DhcpRange {
    return new DhcpRange(this.tree.section("range"));
  }

  get pools(): readonly DhcpPool[] {
    return this.tree.list("pool").map((tree, index) => new DhcpPool(tree, this.key, index));
  }

  get staticMappings(): readonly StaticMapping[] {
    return this.tree.list("staticmap").map((tree) => new StaticMapping(tree, this.key));
  }

  /** All ranges that are leased from. */
  get ranges(): readonly DhcpRange[] {
    return [this.range, ...this.pools.map(({ range }) => range)].filter(({ present }) => present);
  }

  /** Everything that tells clients something: the server itself, its pools, its static mappings. */
  get options(): readonly DhcpOptions[] {
    return [this, ...this.pools, ...this.staticMappings];
  }

  /**
   * The other node's address, for failover of ISC DHCP; empty means none. XMLRPC sync writes the word of a dynamic
   * interface, `dhcp`, where there should be an address (`rc.filter_synchronize`, `carp_sync_xml()`).
   */
  get failoverPeer(): Field<string> {
    return this.textField("failover_peerip");
  }
}

/** IPv6 settings of one interface, `dhcpdv6/lan`: DHCPv6 and router advertisements. */
export class Dhcpv6Server extends Entry {
  /** The interface's key. */
  get key(): string {
    return this.tree.name;
  }

  get subject(): string {
    return `dhcpdv6/${this.key}`;
  }

  get enable(): Flag {
    return this.flagField("enable");
  }

  /** How routers are advertised; older files have `mode` instead (`services.inc`, `services_radvd_configure()`). */
  get raMode(): Field<string> {
    return this.textField(this.tree.has("ramode") ? "ramode" : "mode");
  }

  get advertises(): boolean {
    return !this.raMode.empty && this.raMode.text !== "disabled";
  }

  /** Whose advertisements these are: the interface's, or those of a CARP VIP, `_vip<uniqid>`. */
  get raInterface(): Field<string> {
    return this.textField("rainterface");
  }

  /** The name servers that DHCPv6 clients get, in order. */
  get dnsServers(): readonly DnsServer[] {
    return this.tree.list("dnsserver").map((tree) => new DnsServer(tree));
  }

  /**
   * The name servers that router advertisements name, as far as they are written: those of DHCPv6 where the two are to
   * be the same, none where the daemon is not to name any (`services.inc`, `services_radvd_configure()`).
   */
  get raDnsServers(): readonly DnsServer[] {
    if (this.tree.textOf("radvd-dns") === "disabled") return [];
    if (this.tree.has("rasamednsasdhcp6")) return this.dnsServers;
    return this.tree.list("radnsserver").map((tree) => new DnsServer(tree));
  }
}

/** `dhcrelay` or `dhcrelay6`. */
export class DhcpRelay extends Entry {
  get enable(): Flag {
    return this.flagField("enable");
  }

  /** Keys of the interfaces that are relayed from. */
  get interfaces(): readonly string[] {
    return this.words("interface");
  }

  /**
   * The CARP VIP, `_vip<uniqid>`, whose master relays; empty or `none` means always (`services.inc`,
   * `services_dhcrelay_configure()`).
   */
  get statusVip(): Field<string> {
    return this.textField("carpstatusvip");
  }
}
