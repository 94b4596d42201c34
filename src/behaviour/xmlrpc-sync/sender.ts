import type { Config } from "../../model/config.ts";
import type { SyncBox } from "../../model/hasync.ts";
import { leaf, withChild, withChildren, within, without, withoutEntries } from "../../model/make.ts";
import type { Tree } from "../../model/tree.ts";
import { toValue } from "../../model/value.ts";

/** A part of the configuration that travels; `user`, `group` and `authserver` lie below `system`. */
export type SectionName =
  | "filter"
  | "nat"
  | "aliases"
  | "dhcpd"
  | "kea"
  | "dhcpdv6"
  | "kea6"
  | "dhcrelay"
  | "dhcrelay6"
  | "wol"
  | "shaper"
  | "dnshaper"
  | "staticroutes"
  | "gateways"
  | "virtualip"
  | "ipsec"
  | "openvpn"
  | "cert"
  | "ca"
  | "crl"
  | "user"
  | "group"
  | "authserver"
  | "dnsmasq"
  | "unbound"
  | "schedules"
  | "captiveportal"
  | "voucher";

/**
 * `replaced`: the section as a whole, also when there is nothing in it. `merged`: key by key, those that only the
 * secondary has survive. `matched`: entry by entry, by name.
 */
export type SyncMode = "replaced" | "merged" | "matched";

interface Sendable {
  readonly name: SectionName;
  readonly boxes: readonly SyncBox[];
  /** How it arrives (`xmlrpc.php`, `restore_config_section()`). */
  readonly mode: SyncMode;
  /** What the secondary keeps of its own all the same. */
  readonly keeps?: string;
  /** Sections that the primary must have, as more than an empty element; others are sent empty where it lacks them. */
  readonly needs?: readonly string[];
  /** Only releases after 2.7 know it. */
  readonly after27?: true;
}

/** What each box selects, in the order in which it is sent (`rc.filter_synchronize`). */
const sendable: readonly Sendable[] = [
  { name: "filter", boxes: ["rules"], mode: "replaced" },
  { name: "nat", boxes: ["nat"], mode: "replaced" },
  { name: "aliases", boxes: ["aliases"], mode: "replaced" },
  { name: "dhcpd", boxes: ["dhcpd"], mode: "replaced", needs: ["dhcpd"] },
  {
    name: "kea",
    boxes: ["dhcpd"],
    mode: "replaced",
    keeps: "its own name and TLS settings",
    needs: ["dhcpd", "kea"],
    after27: true,
  },
  {
    name: "dhcpdv6",
    boxes: ["kea6"],
    mode: "merged",
    keeps: "interfaces that only it has",
    needs: ["dhcpdv6"],
    after27: true,
  },
  {
    name: "kea6",
    boxes: ["kea6"],
    mode: "replaced",
    keeps: "its own name and TLS settings",
    needs: ["dhcpdv6", "kea6"],
    after27: true,
  },
  { name: "dhcrelay", boxes: ["dhcrelay"], mode: "replaced", needs: ["dhcrelay"] },
  { name: "dhcrelay6", boxes: ["dhcrelay6"], mode: "replaced", needs: ["dhcrelay6"] },
  { name: "wol", boxes: ["wol"], mode: "replaced" },
  { name: "shaper", boxes: ["trafficshaper"], mode: "replaced" },
  { name: "dnshaper", boxes: ["trafficshaperlimiter"], mode: "replaced" },
  { name: "staticroutes", boxes: ["staticroutes"], mode: "merged" },
  { name: "gateways", boxes: ["staticroutes"], mode: "merged", keeps: "what the primary has none of" },
  {
    name: "virtualip",
    boxes: ["virtualip"],
    mode: "replaced",
    keeps: "its IP aliases and proxy ARP VIPs on plain interfaces",
  },
  { name: "ipsec", boxes: ["ipsec"], mode: "replaced" },
  { name: "openvpn", boxes: ["openvpn"], mode: "replaced" },
  { name: "cert", boxes: ["certs", "openvpn"], mode: "replaced" },
  { name: "ca", boxes: ["certs", "openvpn"], mode: "replaced" },
  { name: "crl", boxes: ["certs", "openvpn"], mode: "replaced" },
  { name: "user", boxes: ["users"], mode: "matched", keeps: "accounts below uid 2000" },
  { name: "group", boxes: ["users"], mode: "matched", keeps: "groups below gid 1999" },
  { name: "authserver", boxes: ["authservers"], mode: "replaced" },
  { name: "dnsmasq", boxes: ["dnsforwarder"], mode: "replaced", needs: ["dnsmasq"] },
  { name: "unbound", boxes: ["dnsforwarder"], mode: "replaced", needs: ["unbound"] },
  { name: "schedules", boxes: ["schedules", "rules"], mode: "replaced" },
  {
    name: "captiveportal",
    boxes: ["captiveportal"],
    mode: "replaced",
    keeps: "each zone's settings of the backward sync",
  },
  {
    name: "voucher",
    boxes: ["captiveportal"],
    mode: "merged",
    keeps: "its settings of the voucher sync",
    needs: ["voucher"],
  },
];

/** The sections that the primary's boxes select, as far as it has them to send; none without a target. */
export function selectedSections(primary: Config): readonly SectionName[] {
  if (primary.hasync.target.empty) return [];
  return sendable.filter((one) => isSelected(primary, one)).map(({ name }) => name);
}

/** How a section arrives on the secondary. */
export const modeOf = (name: SectionName): SyncMode => find(name).mode;

/** What the secondary keeps of its own in a section, as the end of a sentence; undefined if nothing. */
export const keptIn = (name: SectionName): string | undefined => find(name).keeps;

/** The boxes that select a section, any of them; none for a name that never travels. */
export const boxesOf = (name: string): readonly SyncBox[] => sendable.find((one) => one.name === name)?.boxes ?? [];

function find(name: SectionName): Sendable {
  const found = sendable.find((one) => one.name === name);
  if (!found) throw new TypeError(`${name} does not travel`);
  return found;
}

function isSelected(primary: Config, { name, boxes, needs = [], after27 }: Sendable): boolean {
  if (after27 && !primary.isAfter27) return false;
  if (!needs.every((section) => isArray(primary, primary.tree.section(section)))) return false;
  return boxes.some((box) => primary.hasync.box(box).on) || (name === "schedules" && rulesNotEmpty(primary));
}

/** Schedules ride along with rules by the older test in all releases: anything but empty, even "0". */
const rulesNotEmpty = ({ tree }: Config): boolean => tree.path("hasync/synchronizerules").text !== "";

/** Whether pfSense holds an array here, which may be one of nothing but empty list entries. */
const isArray = ({ dialect }: Config, tree: Tree): boolean =>
  !tree.isLeaf || (tree.present && typeof toValue(tree, dialect.isList) !== "string");

/** What is kept at home when marked `nosync`, whatever the mark says; nothing else honours it. */
const nosync: readonly (readonly [section: readonly string[], entry: string])[] = [
  [["nat", "outbound"], "rule"],
  [["nat"], "rule"],
  [["filter"], "rule"],
  [["aliases"], "alias"],
  [["dnsmasq"], "hosts"],
  [["ipsec"], "tunnel"],
];

/** The primary's configuration as `carp_sync_xml()` prepares it for sending (`rc.filter_synchronize`). */
export function outgoing(primary: Config): Tree {
  let copy = primary.tree;
  for (const [section, entry] of nosync) {
    copy = within(copy, section, (tree) => withoutEntries(tree, entry, (one) => one.has("nosync")));
  }
  copy = within(copy, ["dhcpd"], (dhcpd) =>
    withChildren(
      dhcpd,
      dhcpd.children.map((server) => withOwnAddressAsPeer(server, primary)),
    ),
  );
  if (!primary.isAfter27) return copy;
  for (const name of ["kea", "kea6"]) copy = within(copy, [name], (kea) => turnedRound(kea, primary));
  return copy;
}

/** ISC DHCP failover: the primary's own address is the secondary's peer. */
function withOwnAddressAsPeer(server: Tree, { tree }: Config): Tree {
  const own = tree.path(`interfaces/${server.name}/ipaddr`);
  if (server.textOf("failover_peerip") === "" || own.text === "") return server;
  return withChild(server, leaf("failover_peerip", own.text, own));
}

const mirrored: readonly (readonly [from: string, to: string])[] = [
  ["localip", "remoteip"],
  ["remoteip", "localip"],
  ["localport", "remoteport"],
  ["remoteport", "localport"],
];

/** What a Kea node keeps to itself. */
export const localKeaFields = ["localname", "tls", "mutualtls", "scertref", "ccertref"] as const;

/** Kea HA seen from the other side. A field without a counterpart stays, and so becomes equal on both. */
function turnedRound(kea: Tree, { tree, system }: Config): Tree {
  const before = kea.section("ha");
  let ha = before;
  for (const [from, to] of mirrored) {
    const value = before.get(from);
    if (value && isTrue(value.text)) ha = withChild(ha, leaf(to, value.text, value));
  }
  const localName = before.get("localname");
  const name = localName?.text ? localName : tree.path("system/hostname");
  ha = withChild(ha, leaf("remotename", name === localName ? name.text.trim() : system.hostname.text, name));
  const role = before.textOf("role") === "standby" ? "primary" : "standby";
  ha = withChild(ha, leaf("role", role, before.section("role")));
  return withChild(kea, without(ha, ...localKeaFields));
}

/** Whether PHP takes a text for true. */
export const isTrue = (text: string): boolean => text !== "" && text !== "0";
