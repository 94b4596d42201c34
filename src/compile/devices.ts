import { leaf, withChild, withChildren, within } from "../model/make.ts";
import { splitVlan } from "../model/routing.ts";
import type { Tree } from "../model/tree.ts";

/** New names of devices, by their old ones. */
export type Devices = ReadonlyMap<string, string>;

/** A device's new name: its own, or that of the device that a VLAN such as `igb0.20` lies on. */
export function renamed(device: string, devices: Devices): string {
  const own = devices.get(device);
  if (own !== undefined) return own;
  const vlan = splitVlan(device);
  return vlan ? `${renamed(vlan.carrier, devices)}${vlan.suffix}` : device;
}

/** Fields that name devices, in the sections that are made of them; interfaces' own apart. */
const fields: readonly (readonly [section: string, entry: string, fields: readonly string[]])[] = [
  ["qinqs", "qinqentry", ["if", "vlanif"]],
  ["laggs", "lagg", ["members"]],
  ["ppps", "ppp", ["ports"]],
];

/** A configuration with devices called otherwise, wherever it names them. */
export function withDevices(root: Tree, devices: Devices): Tree {
  if (devices.size === 0) return root;
  const listed = (text: string): string =>
    text
      .split(",")
      .map((name) => renamed(name, devices))
      .join(",");
  const change = (tree: Tree, name: string): Tree => {
    const field = tree.get(name);
    const text = field ? listed(field.text) : "";
    return field && text !== field.text ? withChild(tree, leaf(name, text, field)) : tree;
  };
  const interfaces = (section: Tree): Tree =>
    withChildren(
      section,
      section.children.map((one) => change(one, "if")),
    );
  return fields.reduce(
    (tree, [section, entry, names]) =>
      within(tree, [section], (inner) =>
        withChildren(
          inner,
          inner.children.map((one) => (one.name === entry ? names.reduce(change, one) : one)),
        ),
      ),
    within(within(root, ["interfaces"], interfaces), ["vlans"], (vlans) => withVlans(vlans, devices)),
  );
}

/** A VLAN is called after the device that it lies on, and its tag. */
function withVlans(vlans: Tree, devices: Devices): Tree {
  return withChildren(
    vlans,
    vlans.children.map((vlan) => {
      const [device, tag, name] = ["if", "tag", "vlanif"].map((field) => vlan.section(field));
      if (!device || !tag || !name) return vlan;
      const now = renamed(name.text, devices);
      const parts = splitVlan(now);
      const isCalledAfterIt = parts?.suffix === `.${tag.text}` || parts?.suffix === `_vlan${tag.text}`;
      const below = parts && isCalledAfterIt ? parts.carrier : renamed(device.text, devices);
      if (now === name.text && below === device.text) return vlan;
      return withChild(withChild(vlan, leaf("if", below, device)), leaf("vlanif", now, name));
    }),
  );
}
