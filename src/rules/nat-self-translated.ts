import { failoverVipIn, sourcesOf, translationOf } from "../behaviour/nat-addresses.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
import { contains, inAny, parseNetwork } from "../model/address.ts";
import type { OutboundRule } from "../model/nat.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { noCarpVip, translating } from "./_nat.ts";
import type { Rule } from "./rule.ts";

export const natSelfTranslated: Rule = {
  id: "nat-self-translated",
  severity: "warning",
  summary: "Outbound NAT leaves the nodes' own traffic alone.",
  fix: "none",

  notApplicable: noCarpVip,

  *check(cluster) {
    for (const rule of translating(cluster.primary)) {
      const vip = failoverTarget(cluster, rule);
      const caught = vip?.family && ownTrafficIn(cluster, rule, vip.family);
      if (!caught) continue;
      const { network, address, any } = rule.source;
      const place = [network, address].find((field) => !field.empty) ?? any;
      yield {
        at: place.at,
        message: `${rule.title}: expected a source without ${caught.what}, found ${rule.sourceText}, translated to the VIP ${vip.subnet.text}`,
        subject: rule.subject,
        related: [...caught.related, { at: vip.subnet.at, message: "the VIP, to which replies go: to the master" }],
        help: "name the networks behind the nodes as the source, so that the backup's own traffic keeps its own address",
      };
    }
  },
};

function failoverTarget({ primary }: Cluster, rule: OutboundRule): Vip | undefined {
  const target = translationOf(primary, rule);
  return target.kind === "networks"
    ? target.networks.map((place) => failoverVipIn(primary, place)).find((vip) => vip !== undefined)
    : undefined;
}

const loopback = [parseNetwork("127.0.0.0/8")!];

/** What of the nodes' own traffic a rule catches. */
function ownTrafficIn(
  { nodes, primary }: Cluster,
  rule: OutboundRule,
  family: 4 | 6,
): { what: string; related: readonly Related[] } | undefined {
  const sources = sourcesOf(primary, rule);
  if (sources === undefined || rule.source.not.on) return undefined;
  if (sources === "any" || sources === "self") return { what: "the nodes themselves", related: [] };
  const related = nodes.flatMap(({ role, config }) => {
    const wan = config.interface(rule.interface.text);
    const own = wan?.addressOf(family);
    if (!wan || !own || !sources.some((source) => contains(source, own))) return [];
    return [{ at: wan.addressField(family).at, message: `the ${role}'s address on ${wan.key}` }];
  });
  if (related.length > 0) return { what: "the nodes' own addresses", related };
  return sources.some((source) => inAny(loopback, source))
    ? { what: "the nodes' loopback addresses", related }
    : undefined;
}
