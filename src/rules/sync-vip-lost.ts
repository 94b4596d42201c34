import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Config } from "../model/config.ts";
import { Vip } from "../model/virtual-ips.ts";
import { driftIn, notCarried } from "./_sync.ts";
import { samePlace, strays } from "./_twins.ts";
import { referencesLosingVip } from "./_vip-references.ts";
import type { Rule } from "./rule.ts";

export const syncVipLost: Rule = {
  id: "sync-vip-lost",
  severity: "warning",
  summary: "No address of the secondary disappears with the next XMLRPC sync.",
  fix: "none",

  notApplicable: notCarried("virtual IPs", "virtualip"),

  *check(cluster) {
    const { onceThrough } = afterSync(cluster);
    for (const { change, before, subject } of driftIn(cluster, "virtualip")) {
      const [tree] = before;
      if (change !== "delete" || !tree) continue;
      const vip = new Vip(tree);
      if (survives(onceThrough, vip) || isExplained(cluster, vip)) continue;
      yield {
        at: tree.open,
        message: `${vip.title}: expected the VIP on the primary too, found it on the secondary only, where sync deletes it`,
        subject,
        related: [{ at: cluster.primary.tree.section("virtualip").open, message: "the primary's virtual IPs" }],
        help: "add the VIP on the primary, or remove it from the secondary before a sync does",
      };
    }
  },
};

/** Whether its address comes back, as another kind of VIP or under another VHID. */
const survives = ({ vips }: Config, vip: Vip): boolean => vips.some((other) => samePlace(other, vip));

/** Whether vip-stacked-match wants it gone, it only moves, or vip-reference-exists says who loses it. */
const isExplained = (cluster: Cluster, { tree, uniqid }: Vip): boolean =>
  cluster.carpVips.pairs.some((twins) =>
    cluster.stackedAliases(twins).secondaryOnly.some((alias) => alias.tree === tree && alias.subnet.value),
  ) ||
  strays(cluster).some(({ secondary }) => secondary.tree === tree) ||
  referencesLosingVip(cluster).some((reference) => reference.uniqid === uniqid.text);
