import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Config } from "../model/config.ts";
import type { Span } from "../source.ts";
import { hasGateway, hasGatewayGroup } from "./_gateways.ts";
import type { Problem, Rule } from "./rule.ts";

export const gatewayNameExists: Rule = {
  id: "gateway-name-exists",
  severity: "error",
  summary: "Every gateway that a node refers to exists on it, also after XMLRPC sync.",
  fix: "none",

  notApplicable: ({ nodes }) =>
    nodes.some(({ config }) => references(config).length > 0) ? undefined : "nothing refers to a gateway",

  *check(cluster) {
    const told = new Set<string>();
    const after = afterSync(cluster).onceThrough;
    const views = [
      { config: cluster.primary, where: "on the primary" },
      { config: cluster.secondary, where: "on the secondary" },
      { config: after, where: "on the secondary once XMLRPC sync has written its gateways" },
    ];
    for (const { config, where } of views) {
      for (const reference of dangling(config)) {
        const key = `${reference.at.source.path}:${reference.at.start}`;
        if (told.has(key)) continue;
        told.add(key);
        yield problem(reference, where);
      }
    }
  },
};

interface Reference {
  readonly at: Span;
  readonly name: string;
  readonly title: string;
  readonly subject: string;
  /** Whether a gateway group may be meant. */
  readonly group: boolean;
}

/** Everything in use that names a gateway. */
function references(config: Config): readonly Reference[] {
  const defaults = config.tree.section("gateways");
  const all: readonly Reference[] = [
    ...config.interfaces
      .filter(({ enabled }) => enabled)
      .flatMap(({ gateway, gatewayv6, title, subject }) =>
        [gateway, gatewayv6].map(({ at, text }) => ({
          at,
          name: text,
          title: `interface ${title}`,
          subject,
          group: false,
        })),
      ),
    ...["defaultgw4", "defaultgw6"].map((field) => {
      const { at, text } = defaults.section(field);
      return {
        at,
        name: text,
        title: `default gateway of IPv${field.slice(-1)}`,
        subject: `gateways/${field}`,
        group: true,
      };
    }),
    ...config.gatewayGroups.flatMap(({ items, name, subject }) =>
      items.map(({ entry, gateway }) => ({
        at: entry.tree.at,
        name: gateway,
        title: `gateway group ${name.text}`,
        subject,
        group: false,
      })),
    ),
    ...config.staticRoutes
      .filter(({ disabled }) => !disabled.on)
      .map(({ gateway, network, subject }) => ({
        at: gateway.at,
        name: gateway.text,
        title: `static route to ${network.text}`,
        subject,
        group: false,
      })),
  ];
  return all.filter(({ name }) => name !== "" && name !== "-" && name !== "none");
}

const dangling = (config: Config): readonly Reference[] =>
  references(config).filter(
    ({ name, group }) => !hasGateway(config, name) && !(group && hasGatewayGroup(config, name)),
  );

const problem = ({ at, name, title, subject, group }: Reference, where: string): Problem => ({
  at,
  message: `${title}: expected a gateway${group ? " or gateway group" : ""} named ${name}, found none ${where}`,
  subject,
  help: "add the gateway where it is missing, or name one that exists there; gateways travel with static routes",
});
