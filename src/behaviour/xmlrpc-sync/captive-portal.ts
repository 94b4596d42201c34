import { withChild, withChildren, withList, without } from "../../model/make.ts";
import type { Tree } from "../../model/tree.ts";

/**
 * Captive portal zones: the primary's, each with the secondary's own settings of the backward sync; the zones that only
 * the secondary has are gone, with their vouchers (`xmlrpc.php`, `restore_config_section()`).
 */
export function withCaptivePortal(root: Tree, copy: Tree): Tree {
  const own = root.section("captiveportal");
  const sent = copy.section("captiveportal");
  const gone = own.children.map(({ name }) => name).filter((zone) => !sent.has(zone));
  const voucher = without(root.section("voucher"), ...gone);
  const zones = sent.children.map((zone) => withLocalZoneFields(zone, own.section(zone.name)));
  const kept = gone.length > 0 ? withOrWithout(root, voucher) : root;
  return withOrWithout(kept, withChildren(sent.present ? sent : own, zones));
}

/** A section put in its place; the merge that follows drops one that has become empty. */
const withOrWithout = (root: Tree, section: Tree): Tree =>
  section.children.length > 0 ? withChild(root, section) : without(root, section.name);

/**
 * A secondary without `backwardsyncpassword` keeps the primary's: the code takes away another field in its place, in
 * all releases since 2.5.
 */
function withLocalZoneFields(zone: Tree, own: Tree): Tree {
  if (zone.isLeaf) return zone;
  const settings = ["enablebackwardsync", "backwardsyncip", "backwardsyncuser"];
  const local = settings.reduce((tree, name) => withLocal(tree, own, name), zone);
  const password = own.get("backwardsyncpassword");
  return password ? withChild(local, password) : without(local, "vouchersyncpass");
}

const withLocal = (tree: Tree, own: Tree, name: string): Tree => withList(tree, name, own.list(name));

/** Vouchers: the primary's zones over the secondary's, with its own settings of the voucher sync, the rolls at the end. */
export function withVouchers(root: Tree, copy: Tree): Tree {
  const own = root.section("voucher");
  const voucher = copy.section("voucher").children.reduce((section, zone) => {
    if (zone.isLeaf) return withChild(section, zone);
    const settings = ["vouchersyncdbip", "vouchersyncusername", "vouchersyncpass"];
    const local = settings.reduce((tree, name) => withLocal(tree, own.section(zone.name), name), without(zone, "roll"));
    return withChild(section, withList(local, "roll", zone.list("roll")));
  }, own);
  return voucher.present ? withChild(root, voucher) : root;
}
