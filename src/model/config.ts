import type { Decoded } from "../parser/decode.ts";
import type { XmlDocument } from "../parser/xml-document.ts";
import type { Source } from "../source.ts";
import type { Address } from "./address.ts";
import { DhcpRelay, DhcpServer, Dhcpv6Server } from "./dhcp.ts";
import { type Dialect, lastVersionOf27, versionNumber } from "./dialect.ts";
import { DynamicDns, Forwarder, Resolver } from "./dns.ts";
import { Entry, type Field, type Flag, readInteger } from "./field.ts";
import { Alias, FilterRule, InterfaceGroup } from "./filter.ts";
import { Hasync } from "./hasync.ts";
import { Interface } from "./interfaces.ts";
import { Phase1 } from "./ipsec.ts";
import { KeaHa, type KeaService } from "./kea.ts";
import { OneToOne, OutboundNat, PortForward } from "./nat.ts";
import { OpenVpn } from "./openvpn.ts";
import { AcmeCertificate, Frr, Package, PackageSync, WireguardTunnel } from "./packages.ts";
import { looselyEqual } from "./php.ts";
import { type Fault, type ReadOptions, readConfig } from "./read.ts";
import { Bridge, Gateway, GatewayGroup, StaticRoute, Vlan } from "./routing.ts";
import { System } from "./system.ts";
import { AbsentTree, type Tree } from "./tree.ts";
import { Tunable } from "./tunable.ts";
import { type UnsavableText, unsavableTexts } from "./unsavable-text.ts";
import { Vip } from "./virtual-ips.ts";

/** What one node's file says, in pfSense's terms. Sections are read when asked for, and once. */
export class Config extends Entry {
  readonly source: Source;
  readonly dialect: Dialect;
  /** Undefined for a configuration that no file holds (what a sync would leave). */
  readonly document: XmlDocument | undefined;
  readonly faults: readonly Fault[];
  readonly #sections = new Map<string, unknown>();

  constructor(root: Tree, dialect: Dialect, source: Source, document?: XmlDocument, faults: readonly Fault[] = []) {
    super(root);
    this.dialect = dialect;
    this.source = source;
    this.document = document;
    this.faults = faults;
  }

  #once<T>(name: string, read: () => T): T {
    let value = this.#sections.get(name) as T | undefined;
    if (value === undefined) {
      value = read();
      this.#sections.set(name, value);
    }
    return value;
  }

  #entries<T>(path: string, read: (tree: Tree, index: number) => T): readonly T[] {
    return this.#once(path, () => {
      const steps = path.split("/");
      const list = steps.pop() ?? "";
      return this.tree.path(steps.join("/")).list(list).map(read);
    });
  }

  /** False if pfSense would refuse the file; what lies below `installedpackages` is left to the packages. */
  get loads(): boolean {
    return this.tree.present && !this.faults.some((fault) => fault.refused && !fault.packages);
  }

  /** The config version, `<version>`, as it stands. */
  get version(): Field<string> {
    return this.textField("version");
  }

  /** Whether pfSense takes two config versions for the same: XMLRPC sync compares them as PHP does, so 23.3 is 23.30. */
  sharesVersionWith({ version }: Config): boolean {
    return looselyEqual(this.version.text, version.text);
  }

  /** Releases after 2.7 (config versions above 23.3): interface-bound states, Kea, HA sync of DHCPv6. */
  get isAfter27(): boolean {
    return (versionNumber(this.version.text) ?? 0) > lastVersionOf27;
  }

  /** `floating` or `if-bound`, as it takes effect (`filter.inc`, `filter_configure_sync()`). */
  get statePolicy(): "floating" | "if-bound" {
    const { text } = this.system.statePolicy;
    if (text === "floating" || text === "if-bound") return text;
    return this.isAfter27 ? "if-bound" : "floating";
  }

  get system(): System {
    return this.#once("system", () => new System(this.tree.section("system")));
  }

  get hasync(): Hasync {
    return this.#once("hasync", () => new Hasync(this.tree.section("hasync"), this.dialect.version));
  }

  get interfaces(): readonly Interface[] {
    return this.#once("interfaces", () => this.tree.section("interfaces").children.map((tree) => new Interface(tree)));
  }

  interface(key: string): Interface | undefined {
    return this.#once("interfaces by key", () => new Map(this.interfaces.map((entry) => [entry.key, entry]))).get(key);
  }

  /** The enabled interface that carries pfsync, or undefined. */
  get syncInterface(): Interface | undefined {
    const found = this.interface(this.hasync.pfsyncInterface.text);
    return found?.enabled ? found : undefined;
  }

  /** The enabled interface that has a static address, or undefined. */
  interfaceWith({ family, value }: Address): Interface | undefined {
    return this.#once(`interfaces by IPv${family} address`, () => {
      const byAddress = new Map<bigint, Interface>();
      for (const entry of this.interfaces) {
        const own = entry.enabled ? entry.addressOf(family) : undefined;
        if (own && !byAddress.has(own.value)) byAddress.set(own.value, entry);
      }
      return byAddress;
    }).get(value);
  }

  /** The first VIP of an address, or undefined. */
  vipWith(address: Address): Vip | undefined {
    return this.vipsWith(address)[0];
  }

  /** All VIPs of an address, whatever their mode, in file order. */
  vipsWith({ family, value }: Address): readonly Vip[] {
    return (
      this.#once(`vips by IPv${family} address`, () =>
        grouped(this.vips, ({ subnet }) => (subnet.value?.family === family ? subnet.value.value : undefined)),
      ).get(value) ?? []
    );
  }

  get vips(): readonly Vip[] {
    return this.#entries("virtualip/vip", (tree) => new Vip(tree));
  }

  get carpVips(): readonly Vip[] {
    return this.#once("carp", () => this.vips.filter((vip) => vip.isCarp));
  }

  /** The first CARP VIP or IP alias of a uniqid, as `get_configured_vip_detail()` finds it (`util.inc`). */
  vip(uniqid: string): Vip | undefined {
    return this.#once("vips by id", () => {
      const byId = new Map<string, Vip>();
      for (const vip of this.vips) {
        if ((vip.isCarp || vip.isAlias) && !byId.has(vip.uniqid.text)) byId.set(vip.uniqid.text, vip);
      }
      return byId;
    }).get(uniqid);
  }

  /** The interface that a VIP ends up on: its own, or that of the CARP VIP it is stacked on. */
  interfaceOf(vip: Vip): string {
    return vip.parentId === undefined ? vip.interface.text : (this.vip(vip.parentId)?.interface.text ?? "");
  }

  /** CARP VIPs of an interface, of one family if given. */
  carpVipsOn(key: string, family?: 4 | 6): readonly Vip[] {
    return this.carpVips.filter((vip) => vip.interface.text === key && (family === undefined || vip.family === family));
  }

  /** IP aliases stacked on a CARP VIP, as pfSense resolves them: of VIPs with one uniqid, the first has them. */
  stackedOn(vip: Vip): readonly Vip[] {
    const id = vip.uniqid.text;
    if (id === "" || this.vip(id) !== vip) return [];
    const byParent = this.#once("stacked", () =>
      grouped(this.vips, (other) => (other.isAlias ? other.parentId : undefined)),
    );
    return byParent.get(id) ?? [];
  }

  get rules(): readonly FilterRule[] {
    return this.#entries("filter/rule", (tree, index) => new FilterRule(tree, index));
  }

  get aliases(): readonly Alias[] {
    return this.#entries("aliases/alias", (tree) => new Alias(tree));
  }

  alias(name: string): Alias | undefined {
    return this.#once("aliases by name", () => new Map(this.aliases.map((alias) => [alias.name.text, alias]))).get(
      name,
    );
  }

  get interfaceGroups(): readonly InterfaceGroup[] {
    return this.#entries("ifgroups/ifgroupentry", (tree) => new InterfaceGroup(tree));
  }

  get gateways(): readonly Gateway[] {
    return this.#entries("gateways/gateway_item", (tree) => new Gateway(tree));
  }

  get gatewayGroups(): readonly GatewayGroup[] {
    return this.#entries("gateways/gateway_group", (tree) => new GatewayGroup(tree));
  }

  get staticRoutes(): readonly StaticRoute[] {
    return this.#entries("staticroutes/route", (tree) => new StaticRoute(tree));
  }

  get vlans(): readonly Vlan[] {
    return this.#entries("vlans/vlan", (tree) => new Vlan(tree));
  }

  get bridges(): readonly Bridge[] {
    return this.#entries("bridges/bridged", (tree) => new Bridge(tree));
  }

  get outboundNat(): OutboundNat {
    return this.#once("nat/outbound", () => new OutboundNat(this.tree.path("nat/outbound")));
  }

  get portForwards(): readonly PortForward[] {
    return this.#entries("nat/rule", (tree) => new PortForward(tree));
  }

  get oneToOnes(): readonly OneToOne[] {
    return this.#entries("nat/onetoone", (tree) => new OneToOne(tree));
  }

  /** The packages that sync their own configuration, in file order. */
  get packageSyncs(): readonly PackageSync[] {
    return this.#once("package sync", () =>
      this.tree
        .section("installedpackages")
        .children.flatMap((section) => section.list("config").map((tree) => new PackageSync(section.name, tree)))
        .filter(({ mode }) => mode.present),
    );
  }

  get wireguardTunnels(): readonly WireguardTunnel[] {
    return this.#entries("installedpackages/wireguard/tunnels/item", (tree) => new WireguardTunnel(tree));
  }

  get acmeCertificates(): readonly AcmeCertificate[] {
    return this.#entries("installedpackages/acme/certificates/item", (tree) => new AcmeCertificate(tree));
  }

  get frr(): Frr {
    return this.#once("frr", () => new Frr(this.tree.path("installedpackages/frr/config")));
  }

  /** Whether there is a certificate of this `refid`. */
  hasCertificate(refid: string): boolean {
    return this.tree.list("cert").some((tree) => tree.textOf("refid") === refid);
  }

  /** Servers, then clients. */
  get openVpns(): readonly OpenVpn[] {
    return [
      ...this.#entries("openvpn/openvpn-server", (tree) => new OpenVpn(tree)),
      ...this.#entries("openvpn/openvpn-client", (tree) => new OpenVpn(tree)),
    ];
  }

  get phase1s(): readonly Phase1[] {
    return this.#entries("ipsec/phase1", (tree) => new Phase1(tree));
  }

  /** The value of a system tunable, `sysctl/item`; empty if there is none. */
  tunable(name: string): string {
    return this.tunables.findLast((item) => item.name.text === name)?.value.text ?? "";
  }

  get tunables(): readonly Tunable[] {
    return this.#entries("sysctl/item", (tree) => new Tunable(tree));
  }

  get packages(): readonly Package[] {
    return this.#entries("installedpackages/package", (tree) => new Package(tree));
  }

  isBridgeMember(key: string): boolean {
    return this.bridges.some((bridge) => bridge.members.includes(key));
  }

  /** When the file was saved, in seconds since 1970; undefined if it does not tell. */
  get savedAt(): number | undefined {
    return readInteger(this.tree.path("revision/time").text, 0, 2 ** 40);
  }

  /** Every CARP VIP of the node runs with advskew 254 while it is present (`interfaces.inc`). */
  get maintenanceMode(): Flag {
    return this.flagField("virtualip_carp_maintenancemode");
  }

  /** The DHCP settings of all interfaces, enabled or not. */
  get dhcpServers(): readonly DhcpServer[] {
    return this.#once("dhcpd", () => this.tree.section("dhcpd").children.map((tree) => new DhcpServer(tree)));
  }

  /** The DHCP settings of an interface, absent or not. */
  dhcpServer(key: string): DhcpServer {
    return this.#once(
      `dhcpd/${key}`,
      () =>
        this.dhcpServers.find((server) => server.key === key) ??
        new DhcpServer(new AbsentTree(key, this.tree.section("dhcpd"))),
    );
  }

  /** Whether DHCP is served on an interface: it is switched on there, and the interface is enabled. */
  servesDhcp(key: string): boolean {
    return this.dhcpServer(key).enable.on && this.interface(key)?.enabled === true;
  }

  get dhcpv6Servers(): readonly Dhcpv6Server[] {
    return this.#once("dhcpdv6", () => this.tree.section("dhcpdv6").children.map((tree) => new Dhcpv6Server(tree)));
  }

  /** The DHCPv6 and router advertisement settings of an interface, absent or not. */
  dhcpv6Server(key: string): Dhcpv6Server {
    return (
      this.dhcpv6Servers.find((server) => server.key === key) ??
      new Dhcpv6Server(new AbsentTree(key, this.tree.section("dhcpdv6")))
    );
  }

  get dhcpBackend(): Field<string> {
    return this.textField("dhcpbackend");
  }

  /** Whether Kea serves DHCP; ISC does where nothing is set. XMLRPC sync never carries the choice. */
  get usesKea(): boolean {
    return this.dhcpBackend.text === "kea";
  }

  get dhcpRelay(): DhcpRelay {
    return this.#once("dhcrelay", () => new DhcpRelay(this.tree.section("dhcrelay")));
  }

  get dhcpRelay6(): DhcpRelay {
    return this.#once("dhcrelay6", () => new DhcpRelay(this.tree.section("dhcrelay6")));
  }

  keaHa(service: KeaService): KeaHa {
    return new KeaHa(service, this.tree.path(`${service}/ha`), this.system.hostname.text);
  }

  get resolver(): Resolver {
    return this.#once("unbound", () => new Resolver(this.tree.section("unbound")));
  }

  get forwarder(): Forwarder {
    return this.#once("dnsmasq", () => new Forwarder(this.tree.section("dnsmasq")));
  }

  get dynamicDns(): readonly DynamicDns[] {
    return this.#entries("dyndnses/dyndns", (tree) => new DynamicDns(tree));
  }

  /** All entries whose fields are checked by the rule xml-field-readable. Those that are switched off do not count. */
  get checkedEntries(): readonly CheckedEntry[] {
    const { system } = this;
    const named = (entry: Entry & { readonly subject: string }): CheckedEntry => ({ owner: entry, entry });
    const dhcp = this.dhcpServers
      .filter(({ key }) => this.servesDhcp(key))
      .flatMap((server) => [
        ...server.options.map(named),
        ...server.ranges.map((entry) => ({ owner: { subject: `${server.subject}/range` }, entry })),
      ]);
    return [
      ...this.interfaces.filter(({ enabled }) => enabled).map(named),
      ...this.vlans.map((entry) => ({ owner: { subject: `vlan/${entry.device}` }, entry })),
      ...this.vips.map(named),
      ...this.gateways.filter(({ disabled }) => !disabled.on).map(named),
      ...dhcp,
      ...[this.keaHa("kea"), this.keaHa("kea6")].filter(({ enable }) => enable.on).map(named),
      { owner: { subject: "system/webgui" }, entry: system.webGui },
      ...system.users.map(named),
      ...system.groups.map(named),
    ];
  }

  /** Values that pfSense could not read back once it has saved them. */
  get unsavableTexts(): readonly UnsavableText[] {
    return this.#once("unsavable", () => (this.document ? unsavableTexts(this.document, this.dialect) : []));
  }
}

/** Things by a key that they share, in order; those without one are left out. */
function grouped<T, K>(list: readonly T[], keyOf: (one: T) => K | undefined): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** An entry with fields of a kind, and what to call it. */
export interface CheckedEntry {
  readonly owner: { readonly subject: string };
  readonly entry: Entry;
}

/** Reads one node's file. Never throws: what is wrong with it is in `faults`. */
export function parseConfig(decoded: Decoded, options?: ReadOptions): Config {
  const { document, dialect, root, faults } = readConfig(decoded, options);
  const { source } = decoded;
  return new Config(root ?? new NoRoot(source), dialect, source, document, faults);
}

/** Stands in for the root of a file that has none: all sections are absent, and point at the file's beginning. */
class NoRoot extends AbsentTree {
  readonly #source: Source;

  constructor(source: Source) {
    super("pfsense", undefined as never);
    this.#source = source;
  }

  override get source(): Source {
    return this.#source;
  }
  override get at(): ReturnType<Source["span"]> {
    return this.#source.span(0, 0);
  }
  override get open(): ReturnType<Source["span"]> {
    return this.#source.span(0, 0);
  }
  override get whole(): ReturnType<Source["span"]> {
    return this.#source.span(0, 0);
  }
}
