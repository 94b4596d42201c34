import { outgoing } from "../behaviour/xmlrpc-sync/sender.ts";
import { isLocal, withVips } from "../behaviour/xmlrpc-sync/virtual-ips.ts";
import { syncOf } from "../behaviour/xmlrpc-sync.ts";
import { Config } from "../model/config.ts";
import { leaf, withChild, withChildren, within, without, withoutEntries } from "../model/make.ts";
import type { Tree } from "../model/tree.ts";
import { type Devices, withDevices } from "./devices.ts";
import { addressFact, type InterfaceFacts, type NodeFacts } from "./facts.ts";
import { distinctHostId, secondaryHasync } from "./hasync.ts";
import type { Target } from "./target.ts";

/**
 * The secondary that a primary and some facts imply: the primary's own file, seen from the other side. What XMLRPC sync
 * never carries is the same as on the primary, apart from what must differ.
 */
export function fromFacts(primary: Config, facts: NodeFacts): Target {
  const notes: string[] = [];
  let root = outgoing(primary);
  root = withDevices(root, devicesOf(primary, facts));
  root = within(root, ["interfaces"], (interfaces) =>
    withChildren(
      interfaces,
      interfaces.children.map((one) => withAddresses(one, facts.interfaces[one.name] ?? {})),
    ),
  );
  root = within(root, ["system"], (system) => withSystem(system, facts));
  root = within(root, ["virtualip"], (section) => withoutEntries(section, "vip", isLocal));
  root = withVips(root, outgoing(primary));
  for (const name of ["kea", "kea6"]) root = withKeaName(root, primary, name);
  root = without(root, "virtualip_carp_maintenancemode");
  const hostId = facts.pfhostid ?? distinctHostId(primary, undefined);
  root = withChild(root, secondaryHasync(primary, root.section("hasync"), hostId));
  const local = primary.vips.filter(({ tree }) => isLocal(tree));
  if (local.length > 0) {
    notes.push(`left out, since they are the primary's own: ${local.map(({ title }) => title).join(", ")}`);
  }
  if (facts.adminPasswordHash !== undefined && primary.hasync.adminSync.on) {
    notes.push("adminPasswordHash is not used: the primary synchronises its administrator (hasync/adminsync)");
  }
  if (!primary.tree.section("installedpackages").isLeaf) {
    notes.push(
      "settings of packages are those of the primary: look through the ones that name addresses or the other node",
    );
  }
  const made = new Config(root, primary.dialect, primary.source);
  return { base: primary, tree: syncOf(primary, made).onceThrough.tree, notes };
}

function devicesOf(primary: Config, { interfaces }: NodeFacts): Devices {
  const devices = new Map<string, string>();
  for (const { key, device } of primary.interfaces) {
    const wanted = interfaces[key]?.device;
    if (wanted !== undefined && wanted !== device.text) devices.set(device.text, wanted);
  }
  return devices;
}

/** One interface with its own addresses. A MAC address that is set by hand is the primary's. */
function withAddresses(one: Tree, facts: InterfaceFacts): Tree {
  let result = one;
  for (const [family, names] of [
    [4, ["ipaddr", "subnet"]],
    [6, ["ipaddrv6", "subnetv6"]],
  ] as const) {
    const given = facts[addressFact[family]];
    if (given === undefined) continue;
    for (const [i, text] of given.split("/").entries()) {
      const name = names[i];
      if (name !== undefined) result = withChild(result, leaf(name, text, one.section(name)));
    }
  }
  const mac = result.get("spoofmac");
  return mac && mac.text !== "" ? withChild(result, leaf("spoofmac", "", mac)) : result;
}

/** Kinds of hashes that an account may have. */
const hashes = ["bcrypt-hash", "sha512-hash", "md5-hash", "nt-hash", "password"];

function withSystem(system: Tree, { hostname, domain, adminPasswordHash: hash }: NodeFacts): Tree {
  let result = withChild(system, leaf("hostname", hostname, system.section("hostname")));
  if (domain !== undefined) result = withChild(result, leaf("domain", domain, system.section("domain")));
  // The DHCPv6 client's identifier must be unique.
  result = without(result, "global-v6duid");
  if (hash === undefined) return result;
  return withChildren(
    result,
    result.children.map((child) =>
      child.name === "user" && child.textOf("uid") === "0"
        ? withChild(without(child, ...hashes), leaf("bcrypt-hash", hash, child.section("bcrypt-hash")))
        : child,
    ),
  );
}

/** The name that the primary knows its Kea partner by. */
function withKeaName(root: Tree, primary: Config, name: string): Tree {
  const known = primary.tree.path(`${name}/ha/remotename`);
  return known.text === ""
    ? root
    : within(root, [name, "ha"], (ha) => withChild(ha, leaf("localname", known.text, known)));
}
