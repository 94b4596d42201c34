import { type Address, contains, parseAddress, sameAddress } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import type { Span } from "../../source.ts";
import { selectedSections } from "./sender.ts";

/** Why a sync does not take place, or changes nothing. */
export interface Obstacle {
  readonly kind:
    | "no-target"
    | "nothing-selected"
    | "target-not-an-address"
    | "config-versions-differ"
    | "not-encodable"
    | "kea-role-unknown"
    | "loop";
  /** For people: no capital, no full stop. */
  readonly reason: string;
  readonly at: Span;
}

/** The first thing that stops a sync, in the order in which pfSense meets them. */
export function obstacleOf(primary: Config, secondary: Config): Obstacle | undefined {
  return (
    noTarget(primary) ??
    nothingSelected(primary) ??
    targetNotAnAddress(primary) ??
    versionsDiffer(primary, secondary) ??
    unknownKeaRole(primary) ??
    notEncodable(primary) ??
    loop(primary, secondary)
  );
}

/** `rc.filter_synchronize`: `empty($hasync['synchronizetoip'])`, for which "0" is empty too. */
function noTarget({ hasync }: Config): Obstacle | undefined {
  const { target } = hasync;
  if (!target.empty && target.text !== "0") return undefined;
  return { kind: "no-target", reason: "the primary has no target to synchronise to", at: target.at };
}

/** `rc.filter_synchronize`: "Nothing has been configured to be synched". */
function nothingSelected(primary: Config): Obstacle | undefined {
  if (selectedSections(primary).length > 0) return undefined;
  return { kind: "nothing-selected", reason: "no section is selected on the primary", at: primary.hasync.at };
}

/** `xmlrpc_client.inc`, constructor: the target becomes the host of a URL as it stands; anything but an address ends elsewhere. */
function targetNotAnAddress({ hasync }: Config): Obstacle | undefined {
  if (hasync.targetAddress) return undefined;
  const reason = `the target ${hasync.shownTarget} is not an IP address`;
  return { kind: "target-not-an-address", reason, at: hasync.target.at };
}

/** `rc.filter_synchronize`, `carp_check_version()`: PHP compares the two as numbers, and none on the secondary is refused. */
function versionsDiffer(primary: Config, secondary: Config): Obstacle | undefined {
  const [ours, theirs] = [primary.version, secondary.version];
  if (theirs.present && primary.sharesVersionWith(secondary)) return undefined;
  const reason = `the config versions differ: ${ours.text || "none"} on the primary, ${theirs.text || "none"} on the secondary`;
  return { kind: "config-versions-differ", reason, at: theirs.at };
}

/** Releases after 2.7 turn the Kea roles round and die of one that they do not know (`rc.filter_synchronize`, `match`). */
function unknownKeaRole(primary: Config): Obstacle | undefined {
  if (!primary.isAfter27) return undefined;
  for (const name of ["kea", "kea6"]) {
    const role = primary.tree.path(`${name}/ha/role`);
    if (["", "primary", "standby"].includes(role.text)) continue;
    return {
      kind: "kea-role-unknown",
      reason: `the ${name} role ${role.text} is neither primary nor standby`,
      at: role.at,
    };
  }
  return undefined;
}

/** `nextuid` and `nextgid` travel with the users, and XML-RPC has no word for a value that is not there. */
function notEncodable({ tree, hasync }: Config): Obstacle | undefined {
  if (!hasync.box("users").on) return undefined;
  const system = tree.section("system");
  const missing = ["nextuid", "nextgid"].find((name) => !system.has(name));
  if (missing === undefined) return undefined;
  return {
    kind: "not-encodable",
    reason: `the primary has no system/${missing}, so its message cannot be encoded`,
    at: system.open,
  };
}

/**
 * `xmlrpc.php`, constructor: a node whose own target is the address that the call comes from answers "done" and does
 * nothing. The two are compared as texts, and the caller's comes from the kernel.
 */
function loop(primary: Config, secondary: Config): Obstacle | undefined {
  const target = primary.hasync.targetAddress;
  if (!target) return undefined;
  const at = primary.hasync.target.at;
  if (ownAddress(primary, target)) {
    return { kind: "loop", reason: `the target ${primary.hasync.target.text} is an address of the primary itself`, at };
  }
  const source = sourceAddress(primary, target);
  const back = secondary.hasync.target;
  const backAddress = parseAddress(back.text);
  if (!source || !backAddress || !sameAddress(source, backAddress)) return undefined;
  return {
    kind: "loop",
    reason: `the secondary synchronises back to ${back.text}, from where the primary connects, and ignores the sync`,
    at: back.at,
  };
}

/** Whether an address belongs to the node: an enabled interface's or a VIP's. */
export function ownAddress(config: Config, address: Address): boolean {
  const onInterface = config.interfaces.some((one) => {
    const own = one.addressOf(address.family);
    return one.enabled && own !== undefined && sameAddress(own, address);
  });
  return onInterface || config.vips.some(({ subnet }) => subnet.value && sameAddress(subnet.value, address));
}

/**
 * The address that the primary connects from: its own on the network of the target, the narrowest if there are several.
 * Undefined where the target lies behind a router or the address is not in the file.
 */
export function sourceAddress(primary: Config, target: Address): Address | undefined {
  let found: { readonly address: Address | undefined; readonly bits: number } | undefined;
  for (const one of primary.interfaces) {
    const network = one.networkOf(target.family);
    if (!one.enabled || !network || !contains(network, target) || network.bits <= (found?.bits ?? -1)) continue;
    found = { address: one.addressOf(target.family), bits: network.bits };
  }
  return found?.address;
}
