import { FilterRule, RuleEnd } from "../model/filter.ts";
import type { Tree } from "../model/tree.ts";
import { Vip } from "../model/virtual-ips.ts";
import { carpKey, stackedKey } from "./identity.ts";

/** By what the entries of one list are told apart. */
interface Identity {
  /** The same for one thing on both nodes; empty if the entry does not say. */
  readonly key: (entry: Tree) => string;
  /** By what entries are told to be the same although their keys differ, as where both were typed by hand. */
  readonly otherKeys?: readonly ((entry: Tree) => string)[];
  /** What people call such an entry. */
  readonly noun: string;
  /** What tells it from others in a message; by default its name or description. */
  readonly name?: (entry: Tree) => string;
  /** What stands before the key in a subject; by default the path of the list. */
  readonly subject?: string;
  /**
   * Among entries of one kind the order means something, as among the rules of an interface. Without it, order means
   * nothing in the list.
   */
  readonly kind?: (entry: Tree) => string;
}

const by =
  (...paths: readonly string[]) =>
  (entry: Tree): string => {
    const texts = paths.map((path) => entry.path(path).text);
    return texts.every((text) => text === "") ? "" : texts.join("/");
  };

const interfaceOf = by("interface");

/** `1 (Staff)`, as people tell tunnels apart. */
const numbered =
  (number: string, description: string) =>
  (entry: Tree): string =>
    entry.textOf(number) + (entry.textOf(description) && ` (${entry.textOf(description)})`);

/** What a NAT rule matches, which is all that tells it from others: it has no number of its own. */
const matching =
  (name: "source" | "destination") =>
  (rule: Tree): string => {
    const end = new RuleEnd(rule.section(name));
    const place = end.any.on ? "any" : end.network.text || end.address.text;
    const port = end.portText.empty ? "" : `:${end.portText.text}`;
    return [interfaceOf(rule), rule.textOf("protocol"), `${place}${port}`].filter((part) => part !== "").join("/");
  };

/** All that an entry says, but for some of its fields. */
const contentWithout =
  (...names: readonly string[]) =>
  (entry: Tree): string =>
    contentOf(entry.children.filter(({ name }) => !names.includes(name)));

/** In any order of the elements. Lengths instead of quotes: those would double with every level. */
const contentOf = (trees: readonly Tree[]): string =>
  trees
    .map(({ name, text, children }) => `${name} ${text.length} ${text}(${contentOf(children)})`)
    .sort()
    .join("");

const vipKey = (vip: Vip): string => (vip.isCarp ? carpKey(vip) : `${vip.mode.text}/${stackedKey(vip)}`);

const identities: Readonly<Record<string, Identity>> = {
  "filter/rule": {
    key: by("tracker"),
    otherKeys: [contentWithout("tracker", "id", "created", "updated")],
    noun: "rule",
    kind: (rule) => (new FilterRule(rule, 0).floating.on ? "floating" : interfaceOf(rule)),
  },
  "nat/rule": {
    key: matching("destination"),
    otherKeys: [by("associated-rule-id")],
    noun: "port forward",
    kind: interfaceOf,
  },
  "nat/outbound/rule": {
    key: matching("source"),
    noun: "outbound NAT rule",
    subject: "nat/outbound",
    kind: interfaceOf,
  },
  "nat/onetoone": { key: by("interface", "external"), noun: "1:1 NAT rule", kind: interfaceOf },
  "nat/npt": { key: matching("destination"), noun: "NPt rule", kind: interfaceOf },
  "aliases/alias": { key: by("name"), noun: "alias", subject: "alias" },
  "virtualip/vip": {
    key: (vip) => vipKey(new Vip(vip)),
    otherKeys: [by("mode", "interface", "subnet")],
    noun: "VIP",
    subject: "vip",
  },
  "system/user": { key: by("name"), noun: "user", subject: "user" },
  "system/group": { key: by("name"), noun: "group", subject: "group" },
  "system/authserver": { key: by("name"), noun: "authentication server", subject: "authserver" },
  "gateways/gateway_item": { key: by("name"), noun: "gateway", subject: "gateway" },
  "gateways/gateway_group": { key: by("name"), noun: "gateway group", subject: "gateway-group" },
  "staticroutes/route": { key: by("network"), noun: "route", name: by("network"), subject: "route" },
  "schedules/schedule": { key: by("name"), noun: "schedule", subject: "schedule" },
  "ipsec/phase1": { key: by("ikeid"), noun: "IPsec tunnel", name: numbered("ikeid", "descr") },
  "ipsec/phase2": { key: by("uniqid"), noun: "IPsec phase 2" },
  "ipsec/mobilekey": { key: by("ident"), noun: "IPsec key" },
  "openvpn/openvpn-server": {
    key: by("vpnid"),
    noun: "OpenVPN server",
    name: numbered("vpnid", "description"),
    subject: "openvpn/server",
  },
  "openvpn/openvpn-client": {
    key: by("vpnid"),
    noun: "OpenVPN client",
    name: numbered("vpnid", "description"),
    subject: "openvpn/client",
  },
  "openvpn/openvpn-csc": { key: by("common_name"), noun: "OpenVPN override", subject: "openvpn/override" },
  "dhcpd/*/staticmap": {
    key: (host) => host.textOf("mac") || host.textOf("cid"),
    noun: "DHCP mapping",
    name: by("mac"),
  },
  "dhcpd/*/pool": { key: by("range/from"), noun: "DHCP pool" },
  "dhcpdv6/*/staticmap": { key: by("duid"), noun: "DHCPv6 mapping" },
  "unbound/hosts": { key: by("host", "domain"), noun: "host override" },
  "unbound/domainoverrides": { key: by("domain", "ip"), noun: "domain override" },
  "unbound/acls": { key: by("aclname"), noun: "access list" },
  "dnsmasq/hosts": { key: by("host", "domain"), noun: "host override" },
  "dnsmasq/domainoverrides": { key: by("domain", "ip"), noun: "domain override" },
  "shaper/queue": { key: by("interface"), noun: "shaper" },
  "dnshaper/queue": { key: by("name"), noun: "limiter" },
  "wol/wolentry": { key: by("interface", "mac"), noun: "Wake on LAN entry" },
  "captiveportal/*/allowedip": { key: by("ip"), noun: "allowed address" },
  "captiveportal/*/allowedhostname": { key: by("hostname"), noun: "allowed host name" },
  "captiveportal/*/passthrumac": { key: by("mac"), noun: "passed MAC address" },
  "voucher/*/roll": { key: by("number"), noun: "voucher roll" },
  cert: { key: by("refid"), noun: "certificate" },
  ca: { key: by("refid"), noun: "CA" },
  crl: { key: by("refid"), noun: "CRL" },
};

/** Sections whose elements are named by the configuration: by interface, or by zone. */
export const keyedSections: readonly string[] = ["dhcpd", "dhcpdv6", "captiveportal", "voucher"];

/** The path of a list with the name of the interface or zone left out. */
function identityOf(path: string): Identity | undefined {
  const [section = "", , ...rest] = path.split("/");
  return identities[keyedSections.includes(section) ? [section, "*", ...rest].join("/") : path];
}

/** By what an entry of the list at a path is told from others; empty if nothing tells. */
export const entryKey = (path: string, entry: Tree): string => identityOf(path)?.key(entry) ?? "";

/** Keys by which an entry may still be recognised; an empty one recognises nothing. */
export const otherKeys = (path: string): readonly ((entry: Tree) => string)[] => identityOf(path)?.otherKeys ?? [];

/** Within what the order of a list means something; undefined if it means nothing. */
export const entryKind = (path: string): ((entry: Tree) => string) | undefined => identityOf(path)?.kind;

/** What an entry is about, stable from save to save: `alias/web`. */
export function entrySubject(path: string, entry: Tree): string {
  if (path === "virtualip/vip") return new Vip(entry).subject;
  const key = entryKey(path, entry) || entry.textOf("descr") || entry.textOf("name");
  return [identityOf(path)?.subject ?? path, key].filter((part) => part !== "").join("/");
}

/** An entry in a message: `alias web`, `certificate "GUI"`. */
export function entryTitle(path: string, entry: Tree): string {
  if (path === "virtualip/vip") return new Vip(entry).title;
  const { noun = path, name: own } = identityOf(path) ?? {};
  const name =
    own?.(entry) ||
    entry.textOf("name") ||
    (entry.textOf("descr") && `"${entry.textOf("descr")}"`) ||
    entryKey(path, entry);
  const at = entryKind(path) && !entry.has("floating") ? entry.textOf("interface") : "";
  return `${noun}${name && ` ${name}`}${at && ` on ${at}`}`;
}
