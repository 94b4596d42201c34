import { type Address, formatAddress, parseIpv4, sameAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import { setText } from "../model/edit.ts";
import { isAwayFrom, isSecondaryMisplaced, pfsyncOff, syncAddress } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const pfsyncPeerAddress: Rule = {
  id: "pfsync-peer-address",
  severity: "error",
  summary: "Each node sends its states to the other's sync address.",
  fix: "safe",

  notApplicable: pfsyncOff,

  *check(cluster) {
    if (isSecondaryMisplaced(cluster)) return;
    for (const { config, peer, role } of cluster.nodes) {
      const { pfsyncEnabled, pfsyncPeer } = config.hasync;
      const address = syncAddress(peer);
      const own = syncAddress(config);
      // Where both nodes have one address, interface-address-unique or system-node-distinct speaks.
      if (!pfsyncEnabled.on || pfsyncPeer.empty || !address || (own && sameAddress(own, address))) continue;
      const found = parseIpv4(pfsyncPeer.text);
      if (found && sameAddress(found, address)) continue;
      const owner = found ? ownerOf(found, config) : "";
      if (role === "primary" && owner === "" && isAwayFrom(cluster, found)) continue;
      const expected = formatAddress(address);
      yield {
        at: pfsyncPeer.at,
        message: `pfsync peer: expected ${expected}, found ${pfsyncPeer.text}${owner}`,
        subject: "hasync/pfsyncpeerip",
        related: [{ at: peer.syncInterface!.ipaddr.at, message: "the other node's sync address" }],
        fix: { title: `send states to ${expected}`, safe: true, edits: [setText(pfsyncPeer, expected)] },
      };
    }
  },
};

function ownerOf(address: Address, config: Config): string {
  const isHere = (other: Address | undefined): boolean => other !== undefined && sameAddress(other, address);
  if (config.interfaces.some((entry) => isHere(entry.addressOf(4)))) return ", an address of its own";
  return config.vips.some((vip) => isHere(vip.subnet.value)) ? ", a VIP" : "";
}
