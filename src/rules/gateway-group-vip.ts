import type { Config } from "../model/config.ts";
import type { Field } from "../model/field.ts";
import type { GatewayGroup } from "../model/routing.ts";
import { anyOf } from "./_bindings.ts";
import type { Rule } from "./rule.ts";

export const gatewayGroupVip: Rule = {
  id: "gateway-group-vip",
  severity: "warning",
  summary: "Gateway groups that services bind to name a VIP.",
  fix: "none",

  notApplicable: ({ primary }) =>
    groupsInUse(primary).length === 0 ? "no service is bound to a gateway group" : undefined,

  *check({ primary }) {
    for (const { group, users } of groupsInUse(primary)) {
      for (const { entry, gateway: name, vip } of group.items) {
        if (vip !== "" && vip !== "address") continue;
        const gateway = primary.gateways.find((one) => one.name.text === name);
        const vips = gateway ? primary.carpVipsOn(gateway.interface.text, gateway.family.text === "inet6" ? 6 : 4) : [];
        if (vips.length === 0) continue;
        yield {
          at: entry.tree.at,
          message: `gateway group ${group.name.text}: expected ${anyOf(vips)} for ${name}, found the interface address`,
          subject: group.subject,
          related: users.map(({ field, title }) => ({
            at: field.at,
            message: `${title}, which is bound to the group`,
          })),
          help: "choose the VIP in the group's row of that gateway, so that the service runs where the VIP is",
        };
      }
    }
  },
};

interface User {
  readonly field: Field<string>;
  readonly title: string;
}

/** Gateway groups that something switched on is bound to. */
function groupsInUse(config: Config): readonly { group: GatewayGroup; users: readonly User[] }[] {
  const users: readonly User[] = [
    ...config.openVpns.filter(({ disable }) => !disable.on),
    ...config.phase1s.filter(({ disabled }) => !disabled.on),
    ...config.dynamicDns
      .filter(({ enable }) => enable.on)
      .map((one) => ({ interface: one.interface, title: `dynamic DNS of ${one.name}` })),
  ].map(({ interface: field, title }) => ({ field, title }));
  return config.gatewayGroups
    .map((group) => ({ group, users: users.filter(({ field }) => field.text === group.name.text) }))
    .filter((one) => one.users.length > 0);
}
