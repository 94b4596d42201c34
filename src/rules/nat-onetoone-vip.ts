import { failsOver, holds, hostIn, localVipWith, natFamilies, ownerOf } from "../behaviour/nat-addresses.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { contains } from "../model/address.ts";
import type { OneToOne } from "../model/nat.ts";
import { carpVipsFor, isActive, natStays, noCarpVip, vipsRelated } from "./_nat.ts";
import type { Rule } from "./rule.ts";

export const natOnetooneVip: Rule = {
  id: "nat-onetoone-vip",
  severity: "warning",
  summary: "1:1 NAT uses an address that fails over.",
  fix: "none",

  notApplicable: noCarpVip,

  *check(cluster) {
    for (const entry of cluster.primary.oneToOnes.filter(isActive)) {
      const vips = carpVipsFor(cluster.primary, entry.interface.text, entry);
      const fault = vips.length > 0 ? faultOf(cluster, entry) : undefined;
      if (!fault) continue;
      yield {
        at: entry.external.at,
        message: `${entry.title}: expected an address that fails over, found ${entry.external.text}, ${fault}`,
        subject: entry.subject,
        related: vipsRelated(vips),
        help: "add the address as an IP alias stacked on the interface's CARP VIP, or as a CARP VIP",
      };
    }
  },
};

/** Why the outside address does not fail over. Blocks that are routed to the nodes need no VIP. */
function faultOf(cluster: Cluster, entry: OneToOne): string | undefined {
  const { primary, secondary } = cluster;
  const { text } = entry.external;
  if (ownerOf(primary, text)) return "which is each node's own address";
  const address = hostIn(text);
  const [family] = natFamilies(entry);
  const network = family && primary.interface(entry.interface.text)?.networkOf(family);
  if (!address || !network || !contains(network, address)) return undefined;
  const holders = primary.vips.filter((vip) => holds(vip, address));
  if (holders.some((vip) => failsOver(vip) || vip.mode.text === "other")) return undefined;
  const local = localVipWith(primary, address);
  const own = primary.interfaceWith(address);
  if (natStays(cluster) === undefined) {
    if (own) return undefined;
    if (local && !secondary.vips.some((vip) => holds(vip, address))) return undefined;
  }
  if (own) return "which is the primary's own";
  return local ? `which is a ${local.modeTitle.replace(/^IP/, "plain IP")}` : "which no VIP answers for";
}
