import type { ClusterNode } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import { contains, formatAddress, linkLocalIpv6, sameAddress } from "../model/address.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { withoutTwins } from "./_twins.ts";
import type { Problem, Rule } from "./rule.ts";

export const carpUnicastPeer: Rule = {
  id: "carp-unicast-peer",
  severity: "error",
  summary: "Unicast CARP names the other node as peer, on both nodes.",
  fix: "none",

  notApplicable: (cluster) =>
    withoutTwins(cluster) ??
    (cluster.nodes.some(({ config }) => config.carpVips.some(({ carpMode }) => carpMode.present))
      ? undefined
      : "no VIP says how CARP is sent, which is by multicast"),

  *check({ carpVips, nodes }) {
    for (const twins of carpVips.pairs) {
      if (twins.primary.isUnicast !== twins.secondary.isUnicast) yield mixed(twins);
      else if (twins.primary.isUnicast) {
        for (const node of nodes) yield* misdirected(node, twins[node.role]);
      }
    }
  },
};

const shown = ({ isUnicast }: Vip): string => (isUnicast ? "unicast" : "multicast");

const mixed = ({ primary, secondary }: Pair<Vip>): Problem => ({
  at: secondary.carpMode.at,
  message: `${secondary.title}: expected ${shown(primary)} as on the primary, found ${shown(secondary)}`,
  subject: secondary.subject,
  related: [{ at: primary.carpMode.at, message: "the primary's mode" }],
  help: "set both nodes to the same mode; as it is, neither hears the other, and both are master",
});

/** The peer must be the other node. Link-local addresses are in no file, and an address that is given is not known. */
function* misdirected({ peer }: ClusterNode, vip: Vip): Iterable<Problem> {
  const { carpPeer, family } = vip;
  const other = peer.interface(vip.interface.text);
  const expected = family && other?.addressOf(family);
  const found = carpPeer.value;
  if (!other || !expected || carpPeer.unreadable || (found && contains(linkLocalIpv6, found))) return;
  if (found && sameAddress(found, expected)) return;
  yield {
    at: carpPeer.at,
    message: `${vip.title}: expected the peer ${formatAddress(expected)}, the other node's address there, found ${carpPeer.text || "none"}`,
    subject: vip.subject,
    related: [{ at: other.addressField(family).at, message: "the other node's address" }],
    help: "name the other node's interface address as peer",
  };
}
