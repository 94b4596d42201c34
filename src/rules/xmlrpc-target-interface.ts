import { formatAddress } from "../model/address.ts";
import { setText } from "../model/edit.ts";
import { isSecondaryMisplaced } from "./_pfsync.ts";
import { isAt, syncAddressOf } from "./_sync-address.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcTargetInterface: Rule = {
  id: "xmlrpc-target-interface",
  severity: "warning",
  summary: "The XMLRPC target is the secondary's sync address.",
  fix: "unsafe",

  notApplicable: (cluster) =>
    sendsNothing(cluster) ??
    (cluster.nodes.some(({ config }) => config.hasync.pfsyncEnabled.on)
      ? undefined
      : "pfsync is off on both nodes, so no interface is known to be the sync interface") ??
    (syncAddressOf(cluster.secondary) ? undefined : "the secondary has no sync interface with a static address"),

  *check(cluster) {
    const { primary, secondary, pfsyncOnBoth } = cluster;
    // Of the secondary's sync interface, pfsync-interface-match or interface-order-match speaks.
    if (pfsyncOnBoth && isSecondaryMisplaced(cluster)) return;
    const { target, targetAddress } = primary.hasync;
    const sync = syncAddressOf(secondary);
    if (!targetAddress || !sync || !isAt(secondary, targetAddress)) return;
    const found = secondary.interfaceWith(targetAddress);
    if (found?.key === sync.interface.key) return;
    const expected = formatAddress(sync.address);
    yield {
      at: target.at,
      message: `XMLRPC target: expected ${expected}, the secondary's address on ${sync.interface.title}, found ${target.text}, its address on ${found?.title ?? "an IP alias"}`,
      subject: "hasync/synchronizetoip",
      related: [{ at: sync.at, message: "the secondary's sync address" }],
      fix: {
        title: `write the secondary's sync address, ${expected}`,
        safe: false,
        edits: [setText(target, expected)],
      },
    };
  },
};
