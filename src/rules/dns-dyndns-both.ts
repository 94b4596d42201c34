import type { ClusterNode } from "../cluster/cluster.ts";
import { matchBy } from "../cluster/match.ts";
import type { Config } from "../model/config.ts";
import type { DynamicDns } from "../model/dns.ts";
import type { Rule } from "./rule.ts";

export const dnsDyndnsBoth: Rule = {
  id: "dns-dyndns-both",
  severity: "warning",
  summary: "Dynamic DNS is updated by one node at a time.",
  fix: "none",

  notApplicable: ({ nodes }) =>
    nodes.every(({ config }) => active(config).length > 0) ? undefined : "no dynamic DNS on both nodes",

  *check({ primary, secondary, nodes }) {
    const { pairs } = matchBy(active(primary), active(secondary), recordOf);
    for (const pair of pairs) {
      // The secondary's entry first: it is the one that should wait for its turn.
      const careless = [...nodes].reverse().find(({ config, role }) => publishesAlways(config, pair[role]));
      if (!careless) continue;
      const entry = pair[careless.role];
      yield {
        at: entry.interface.at,
        message: `dynamic DNS of ${entry.name}: expected a CARP VIP, or a gateway group with one, as interface on the ${careless.role}, found ${entry.interface.text}, so that both nodes write the record`,
        subject: entry.subject,
        related: [{ at: pair[otherRole(careless)].at, message: `the ${otherRole(careless)}'s entry` }],
        help: "choose the CARP VIP as interface on both nodes, then only its master updates the record",
      };
    }
  },
};

const otherRole = ({ role }: ClusterNode): ClusterNode["role"] => (role === "primary" ? "secondary" : "primary");

const active = (config: Config): readonly DynamicDns[] =>
  config.dynamicDns.filter(({ enable, host }) => enable.on && !host.empty);

/** A name has a record for each address family; the IPv6 one has a type of its own. */
const recordOf = ({ name, type }: DynamicDns): string => `${name.toLowerCase()} ${/v6$/.test(type.text) ? 6 : 4}`;

/** Whether a node updates the record even while the other is master, though there is a CARP VIP to go by. */
function publishesAlways(config: Config, { interface: { text } }: DynamicDns): boolean {
  const group = config.gatewayGroups.find(({ name }) => name.text === text);
  if (group) return !group.items.some(({ vip }) => vip.startsWith("_vip"));
  return config.carpVipsOn(text).length > 0;
}
