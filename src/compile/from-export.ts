import { syncOf } from "../behaviour/xmlrpc-sync.ts";
import { Config } from "../model/config.ts";
import { leaf, withChild, withChildren, within, without } from "../model/make.ts";
import type { Tree } from "../model/tree.ts";
import { distinctHostId, secondaryHasync } from "./hasync.ts";
import type { Target } from "./target.ts";

/**
 * The secondary that a primary and an existing export of the secondary imply: what sync carries as sync would write it,
 * `hasync` as a secondary's, interface groups and VLAN tags as on the primary. Everything else stays.
 */
export function fromExport(primary: Config, secondary: Config): Target {
  const notes: string[] = [];
  const hostId = distinctHostId(primary, secondary);
  const own = secondary.tree;
  let root = withChild(own, secondaryHasync(primary, own.section("hasync"), hostId));
  root = withGroups(root, primary);
  root = withTags(root, primary, secondary);
  const made = new Config(root, secondary.dialect, secondary.source);
  return { base: secondary, tree: syncOf(primary, made).onceThrough.tree, notes };
}

/** Rules name interface groups, and sync does not carry them. */
function withGroups(root: Tree, { tree }: Config): Tree {
  const groups = tree.get("ifgroups");
  return groups ? withChild(root, groups) : without(root, "ifgroups");
}

/** VLANs of one interface have one tag on both nodes. */
function withTags(root: Tree, primary: Config, secondary: Config): Tree {
  const vlanOf = ({ vlans }: Config, device: string | undefined) =>
    vlans.find(({ tree }) => tree.textOf("vlanif") === device);
  let result = root;
  for (const { key, device } of primary.interfaces) {
    const theirs = vlanOf(primary, device.text)?.tree.get("tag");
    const ours = vlanOf(secondary, secondary.interface(key)?.device.text)?.tree;
    if (!theirs || !ours || ours.textOf("tag") === theirs.text) continue;
    const name = `${ours.textOf("if")}.${theirs.text}`;
    result = within(result, ["vlans"], (vlans) =>
      withChildren(
        vlans,
        vlans.children.map((vlan) =>
          vlan === ours
            ? withChild(withChild(vlan, leaf("tag", theirs.text, theirs)), leaf("vlanif", name, vlan.section("vlanif")))
            : vlan,
        ),
      ),
    );
    result = within(result, ["interfaces", key], (one) => withChild(one, leaf("if", name, one.section("if"))));
  }
  return result;
}
