import type { IsList } from "../../model/compare.ts";
import type { Config } from "../../model/config.ts";
import { leaf, withChild, withList, without } from "../../model/make.ts";
import { MadeTree, type Tree } from "../../model/tree.ts";
import { toValue } from "../../model/value.ts";
import { withAccounts } from "./accounts.ts";
import { withCaptivePortal, withVouchers } from "./captive-portal.ts";
import { isTrue, modeOf, type SectionName } from "./sender.ts";
import { withVips } from "./virtual-ips.ts";

/** Sections whose arrival takes more than their mode says; the accounts lie below `system`. */
const special: readonly SectionName[] = ["virtualip", "captiveportal", "voucher", "user", "group", "authserver"];

/**
 * The secondary's configuration after `restore_config_section()` (`xmlrpc.php`).
 * @param copy what the primary sends, cut out of its prepared configuration
 */
export function restored(secondary: Config, copy: Tree, sections: readonly SectionName[]): Tree {
  const { isList } = secondary.dialect;
  const before = secondary.tree;
  let root = before;
  for (const name of sections) {
    if (special.includes(name)) continue;
    root = modeOf(name) === "replaced" ? withSection(root, name, copy, isList) : withOverlay(root, copy, name, isList);
  }
  if (sections.includes("captiveportal")) root = withCaptivePortal(root, copy);
  if (sections.includes("voucher")) root = withVouchers(root, copy);
  root = withAccounts(root, copy, sections, isList);
  const adminSync = copy.section("hasync").get("adminsync");
  if (adminSync) root = withChild(root, withChild(root.section("hasync"), adminSync));
  if (secondary.isAfter27) for (const name of ["kea", "kea6"]) root = withLocalKeaFields(root, before, name);
  if (sections.includes("virtualip")) root = withVips(root, copy);
  return root;
}

/**
 * `$config[$section] = $sections[$section]`. Where the primary has nothing, nothing is what the secondary gets, and the
 * merge that follows drops the section (`util.inc`, `array_merge_recursive_unique()`).
 */
function withSection(root: Tree, name: string, copy: Tree, isList: IsList): Tree {
  const sent = copy.list(name);
  return withList(root, name, isList(name) ? sent : sent.filter((section) => !isNothing(section, isList)));
}

/** An empty element; one whose entries were all kept back or are all empty is an array with a key in it. */
const isNothing = (section: Tree, isList: IsList): boolean =>
  section.isLeaf && !(section instanceof MadeTree) && toValue(section, isList) === "";

/** What is sent of a section that is merged: the keys that the primary has, and always the routes. */
function keys(name: SectionName, copy: Tree, isList: IsList): readonly string[] {
  const value = toValue(copy.section(name), isList);
  const found = typeof value === "string" ? [] : Object.keys(value);
  return name === "staticroutes" && !found.includes("route") ? [...found, "route"] : found;
}

/**
 * `util.inc`, `array_merge_recursive_unique()`: called with two arrays it recurses nowhere. Each key of the section that
 * is sent replaces the secondary's; keys that only the secondary has survive.
 */
function withOverlay(root: Tree, copy: Tree, section: SectionName, isList: IsList): Tree {
  const sent = copy.section(section);
  const names = keys(section, copy, isList);
  const own = names.reduce((tree, name) => withList(tree, name, sent.list(name)), root.section(section));
  return names.length === 0 ? root : withChild(root, own.present ? own : leaf(section, "", own));
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
