import type { Config } from "../../model/config.ts";
import { leaf, withChild, withChildren, withList, without } from "../../model/make.ts";
import type { Tree } from "../../model/tree.ts";
import { toValue } from "../../model/value.ts";
import { withAccounts } from "./accounts.ts";
import { withCaptivePortal, withVouchers } from "./captive-portal.ts";
import { isTrue, type SectionName } from "./sender.ts";
import { withVips } from "./virtual-ips.ts";

/** Sections that are copied as they come, also when there is nothing in them (`xmlrpc.php`, `$sync_full_sections`). */
const replaced: readonly SectionName[] = [
  "aliases",
  "ca",
  "cert",
  "crl",
  "dhcpd",
  "dhcrelay",
  "dhcrelay6",
  "dnshaper",
  "dnsmasq",
  "filter",
  "ipsec",
  "kea",
  "kea6",
  "nat",
  "openvpn",
  "schedules",
  "shaper",
  "unbound",
  "wol",
];

/** Sections that are laid over what is there, one level deep. */
const merged: readonly SectionName[] = ["gateways", "staticroutes", "dhcpdv6"];

/**
 * The secondary's configuration after `restore_config_section()` (`xmlrpc.php`).
 * @param copy what the primary sends, cut out of its prepared configuration
 */
export function restored(secondary: Config, copy: Tree, sections: readonly SectionName[]): Tree {
  const { isList } = secondary.dialect;
  const before = secondary.tree;
  let root = before;
  for (const name of replaced) if (sections.includes(name)) root = withSection(root, name, copy, isList);
  if (sections.includes("captiveportal")) root = withCaptivePortal(root, copy);
  for (const name of merged)
    if (sections.includes(name)) root = withOverlay(root, copy.section(name), keys(name, copy, isList));
  if (sections.includes("voucher")) root = withVouchers(root, copy);
  root = withAccounts(root, copy, sections, isList);
  const adminSync = copy.section("hasync").get("adminsync");
  if (adminSync) root = withChild(root, withChild(root.section("hasync"), adminSync));
  if (secondary.isAfter27) for (const name of ["kea", "kea6"]) root = withLocalKeaFields(root, before, name);
  if (sections.includes("virtualip")) root = withVips(root, copy);
  return root;
}

/** `$config[$section] = $sections[$section]`: of a primary that lacks it comes nothing, which empties the secondary's. */
function withSection(root: Tree, name: string, copy: Tree, isList: (name: string) => boolean): Tree {
  const sent = copy.list(name);
  const own = root.get(name);
  if (sent.length > 0 || isList(name) || !own || own.isLeaf) {
    return sent.length > 0 || isList(name) ? withList(root, name, sent) : root;
  }
  return withChild(root, withChildren(own, []));
}

/** What is sent of a section that is merged: the keys that the primary has, and always the routes. */
function keys(name: SectionName, copy: Tree, isList: (name: string) => boolean): readonly string[] {
  const value = toValue(copy.section(name), isList);
  const found = typeof value === "string" ? [] : Object.keys(value);
  return name === "staticroutes" && !found.includes("route") ? [...found, "route"] : found;
}

/**
 * `util.inc`, `array_merge_recursive_unique()`: called with two arrays it recurses nowhere. Each key of the section that
 * is sent replaces the secondary's; keys that only the secondary has survive.
 */
function withOverlay(root: Tree, sent: Tree, names: readonly string[]): Tree {
  let own = root.section(sent.name);
  for (const name of names) own = withList(own, name, sent.list(name));
  return own.present ? withChild(root, own) : root;
}

/** After every sync, whatever was selected: the node's own Kea name and TLS settings are put back, TLS as bare flags. */
function withLocalKeaFields(root: Tree, before: Tree, name: string): Tree {
  const kea = root.get(name);
  if (!kea) return root;
  const own = before.path(`${name}/ha`);
  const ha = [...localFields(own)].reduce(
    (tree, [field, value]) => (value ? withChild(tree, value) : without(tree, field)),
    kea.section("ha"),
  );
  return ha.present ? withChild(root, withChild(kea, ha)) : root;
}

function* localFields(own: Tree): Iterable<readonly [string, Tree | undefined]> {
  const text = (name: string): Tree | undefined => (isTrue(own.textOf(name)) ? own.get(name) : undefined);
  const flag = (name: string): Tree => leaf(name, "", own.section(name));
  yield ["localname", text("localname")];
  if (!own.has("tls")) {
    for (const name of ["tls", "scertref", "mutualtls", "ccertref"]) yield [name, undefined];
    return;
  }
  yield ["tls", flag("tls")];
  yield ["scertref", text("scertref")];
  if (!own.has("mutualtls")) return;
  yield ["mutualtls", flag("mutualtls")];
  yield ["ccertref", text("ccertref")];
}
