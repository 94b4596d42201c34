import { sourceAddress } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { type Address, formatAddress } from "../model/address.ts";
import { setText } from "../model/edit.ts";
import { isClone } from "./_clone.ts";
import { isMissedOn } from "./_interfaces.ts";
import { isAwayFrom } from "./_pfsync.ts";
import { isAt, syncAddressOf } from "./_sync-address.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Problem, Rule } from "./rule.ts";

export const xmlrpcTargetAddress: Rule = {
  id: "xmlrpc-target-address",
  severity: "error",
  summary: "The XMLRPC target is an address of the secondary.",
  fix: "unsafe",

  notApplicable: (cluster) => sendsNothing(cluster) ?? isClone(cluster),

  *check(cluster) {
    const { target, targetAddress } = cluster.primary.hasync;
    if (!targetAddress || isAt(cluster.secondary, targetAddress)) return;
    const owner = ownerOf(cluster, targetAddress);
    if (!owner || isUnreachable(cluster, targetAddress)) return;
    const sync = syncAddressOf(cluster.secondary);
    yield {
      at: target.at,
      message: `XMLRPC target: expected an address of the secondary, found ${target.text}, ${owner.meaning}`,
      subject: "hasync/synchronizetoip",
      related: [...owner.related, ...(sync ? [{ at: sync.at, message: "the secondary's sync address" }] : [])],
      fix: sync && {
        title: `write the secondary's sync address, ${formatAddress(sync.address)}`,
        safe: false,
        edits: [setText(target, formatAddress(sync.address))],
      },
      help: "write the secondary's sync address",
    };
  },
};

/** Whose address it is; undefined if it may be one that the secondary is given at run time. */
function ownerOf(
  cluster: Cluster,
  address: Address,
): { meaning: string; related: NonNullable<Problem["related"]> } | undefined {
  const { primary, secondary } = cluster;
  const { family } = address;
  const own = primary.interfaceWith(address);
  if (own) {
    const related = [{ at: own.addressField(family).at, message: "the primary's own address" }];
    return { meaning: `the primary's own on ${own.title}`, related };
  }
  const vip = primary.vipWith(address) ?? secondary.vipWith(address);
  if (vip) return { meaning: `a VIP, ${vip.title}`, related: [{ at: vip.subnet.at, message: "the VIP" }] };
  const unknown = secondary.interfaces.some((entry) => entry.mayBeGiven(family));
  return unknown || isAwayFrom(cluster, address) ? undefined : { meaning: "which no interface of it has", related: [] };
}

/** Whether the secondary lacks the interface that faces the one by which the primary sends. */
function isUnreachable(cluster: Cluster, target: Address): boolean {
  const source = sourceAddress(cluster.primary, target);
  const way = source && cluster.primary.interfaceWith(source);
  return way !== undefined && isMissedOn(cluster, cluster.nodes[1], way.key);
}
