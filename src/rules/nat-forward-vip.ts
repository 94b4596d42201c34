import { ownerOf } from "../behaviour/nat-addresses.ts";
import { type DraftEdit, remove, replaceByLeaf, setText } from "../model/edit.ts";
import type { RuleEnd } from "../model/filter.ts";
import type { Tree } from "../model/tree.ts";
import { carpVipsFor, noCarpVip, vipsRelated } from "./_nat.ts";
import type { Rule } from "./rule.ts";

export const natForwardVip: Rule = {
  id: "nat-forward-vip",
  severity: "warning",
  summary: "Port forwards listen on a CARP VIP.",
  fix: "unsafe",

  notApplicable: noCarpVip,

  *check({ primary }) {
    for (const rule of primary.portForwards) {
      const { network, not } = rule.destination;
      const owner = ownerOf(primary, network.text);
      if (!owner || not.on || rule.disabled.on || rule.nosync.on || rule.noRedirect.on) continue;
      const vips = carpVipsFor(primary, owner.key, rule);
      const [vip, ...others] = vips;
      if (!vip) continue;
      const place = others.length === 0 ? network.tree : undefined;
      yield {
        at: network.at,
        message: `${rule.title}: expected a CARP VIP as destination, found ${network.text}, which is each node's own address`,
        subject: rule.subject,
        related: vipsRelated(vips),
        fix: place && {
          title: `listen on the CARP VIP, ${vip.subnet.text}`,
          safe: false,
          edits: addressInstead(rule.destination, place, vip.subnet.text),
        },
        help: "choose one of the interface's CARP VIPs as destination",
      };
    }
  },
};

/** An address that stands beside the network counts for nothing today (`filter.inc`, `filter_generate_address()`). */
const addressInstead = ({ address }: RuleEnd, network: Tree, text: string): readonly DraftEdit[] =>
  address.present ? [setText(address, text), remove(network)] : [replaceByLeaf(network, "address", text)];
