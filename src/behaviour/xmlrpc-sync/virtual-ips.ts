import { leaf, withChild, withList } from "../../model/make.ts";
import { intval } from "../../model/php.ts";
import type { Tree } from "../../model/tree.ts";
import { syncedAdvskew } from "../carp-skew.ts";

/** The virtual IPs after a sync: the secondary's local ones in reverse, then what the primary sent. */
export function withVips(root: Tree, copy: Tree): Tree {
  const local = root.section("virtualip").list("vip").filter(isLocal).reverse();
  const sent = copy.section("virtualip").list("vip").filter(isSent).map(slowedDown);
  const section = withList(root.section("virtualip"), "vip", [...local, ...sent]);
  return withChild(root, section.present ? section : leaf("virtualip", "", section));
}

const isBound = (vip: Tree, device: string): boolean => vip.textOf("interface").includes(device);

/** All but IP aliases and proxy ARP on a plain interface (`rc.filter_synchronize`, `backup_vip_config_section()`). */
export function isSent(vip: Tree): boolean {
  const mode = vip.textOf("mode");
  return (mode !== "ipalias" && mode !== "proxyarp") || isBound(vip, "_vip") || isBound(vip, "lo0");
}

/** What the secondary puts back behind the sync (`xmlrpc.php`, `restore_config_section()`, `$vipbackup`). */
export function isLocal(vip: Tree): boolean {
  const mode = vip.textOf("mode");
  const stacked = vip.textOf("interface").startsWith("_vip");
  if (mode === "carp" || (mode === "ipalias" && (stacked || isBound(vip, "lo0")))) return false;
  return ((mode === "ipalias" || mode === "proxyarp") && !stacked) || isBound(vip, "lo0");
}

/** advskew and advbase of a VIP of any mode, where they hold anything. */
function slowedDown(vip: Tree): Tree {
  const advskew = changed(vip, "advskew", syncedAdvskew);
  return changed(advskew, "advbase", (advbase) => Math.min(254, advbase));
}

function changed(vip: Tree, name: string, change: (number: number) => number): Tree {
  const field = vip.get(name);
  return field && field.text !== "" ? withChild(vip, leaf(name, String(change(intval(field.text))), field)) : vip;
}
