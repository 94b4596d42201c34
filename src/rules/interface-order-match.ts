import type { Cluster } from "../cluster/cluster.ts";
import { type Exchange, exchanges, halfVpns } from "./_interfaces.ts";
import { listed } from "./_words.ts";
import type { Problem, Rule } from "./rule.ts";

export const interfaceOrderMatch: Rule = {
  id: "interface-order-match",
  severity: "error",
  summary: "Each interface key means the same network on both nodes.",
  fix: "none",

  *check(cluster) {
    for (const exchange of exchanges(cluster)) yield moved(exchange, cluster);
    for (const { primary, secondary } of halfVpns(cluster)) {
      const [expected, found] = primary.isVpn
        ? [`the VPN device ${primary.device.text}`, secondary.device.text]
        : [primary.device.text, `the VPN device ${secondary.device.text}`];
      yield {
        at: secondary.device.at,
        message: `${secondary.title}: expected ${expected} as on the primary, found ${found}`,
        subject: secondary.subject,
        related: [{ at: primary.device.at, message: "the primary's device" }],
        help,
      };
    }
  },
};

const help = "assign the interfaces in the same order on both nodes; everything that is synchronised names them by key";

function moved({ moved: moves, keys }: Exchange, { secondary }: Cluster): Problem {
  const places = moves.map(({ from, mark }) => `${mark} on ${from.key}`);
  const found = moves.map(({ to }) => to.key);
  const first = secondary.interfaces.find(({ key }) => keys.includes(key)) ?? moves[0]!.to;
  return {
    at: first.at,
    message: `interfaces: expected ${listed(places)} as on the primary, found ${moves.length > 1 ? "them" : "it"} on ${listed(found)}`,
    subject: first.subject,
    related: moves.map(({ from }) => ({ at: from.at, message: `${from.title} on the primary` })),
    help,
  };
}
