import { sourceAddress } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { type Address, parseAddress, sameAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import { isClone } from "./_clone.ts";
import { bareHost, clearSender } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcPrimaryOnly: Rule = {
  id: "xmlrpc-primary-only",
  severity: "error",
  summary: "Only the primary pushes configuration.",
  fix: "safe",

  notApplicable: isClone,

  *check(cluster) {
    const { primary, secondary } = cluster;
    const { target } = secondary.hasync;
    if (target.empty) return;
    const { meaning, elsewhere } = receiver(cluster);
    yield {
      at: target.at,
      message: `XMLRPC target of the secondary: expected none, found ${secondary.hasync.shownTarget}, ${meaning}`,
      subject: "hasync/synchronizetoip",
      related: primary.hasync.target.empty
        ? []
        : [{ at: primary.hasync.target.at, message: "the primary's XMLRPC target" }],
      fix: elsewhere
        ? undefined
        : {
            title: "empty the XMLRPC settings of the secondary",
            safe: true,
            edits: clearSender(secondary.hasync),
          },
      help: "empty it, unless the secondary is meant to feed a third node",
    };
  },
};

/** Who receives what the secondary sends, and what comes of it; `elsewhere` if it may be a third node. */
function receiver({ primary, secondary }: Cluster): { meaning: string; elsewhere: boolean } {
  const { target } = secondary.hasync;
  const address = parseAddress(bareHost(target.text));
  if (isSource(primary, parseAddress(target.text))) {
    return {
      meaning:
        "the address that the primary connects from, so the secondary acknowledges each sync and applies nothing",
      elsewhere: false,
    };
  }
  if (address && (primary.interfaceWith(address) || primary.vipWith(address))) {
    const effect = primary.hasync.target.empty ? "it overwrites the primary" : "the nodes overwrite each other";
    return { meaning: `an address of the primary, so ${effect}`, elsewhere: false };
  }
  if (address && secondary.interfaceWith(address)) return { meaning: "its own address", elsewhere: false };
  return { meaning: "which is no address of the primary", elsewhere: true };
}

/** Whether an address is the one that the primary's pushes come from. */
function isSource(primary: Config, address: Address | undefined): boolean {
  const receiving = primary.hasync.targetAddress;
  const source = receiving && sourceAddress(primary, receiving);
  return source !== undefined && address !== undefined && sameAddress(source, address);
}
