import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import type { Span } from "../source.ts";

/** What pfSense adds to the label of an interface that learns its gateway or is a tunnel (`gwlb.inc`, `get_gateways()`). */
const madeSuffixes = {
  4: ["DHCP", "PPPOE", "L2TP", "PPTP", "PPP", "VPNV4", "VTIV4", "TUNNELV4"],
  6: ["SLAAC", "DHCP6", "6TO4", "6RD", "VPNV6", "VTIV6", "TUNNELV6"],
} as const;

/** Names that pfSense itself gives to gateways: those of interfaces without a static address, and the null routes. */
const madeNames = ({ interfaces }: Config): readonly string[] => [
  "Null4",
  "Null6",
  ...interfaces
    .filter(({ enabled }) => enabled)
    .flatMap((entry) => ([4, 6] as const).flatMap((family) => namesOf(entry, family))),
];

const namesOf = (entry: Interface, family: 4 | 6): readonly string[] =>
  entry.addressOf(family) ? [] : madeSuffixes[family].map((suffix) => `${entry.label}_${suffix}`);

/** Whether a name stands for a gateway of the node. */
export const hasGateway = (config: Config, name: string): boolean =>
  config.gateways.some((gateway) => gateway.name.text === name) || madeNames(config).includes(name);

export const hasGatewayGroup = (config: Config, name: string): boolean =>
  config.gatewayGroups.some((group) => group.name.text === name);

/** A place that names a gateway. */
export interface GatewayReference {
  readonly at: Span;
  readonly name: string;
  readonly title: string;
  readonly subject: string;
  /** Whether a gateway group may be meant. */
  readonly group: boolean;
}

/** Everything in use that names a gateway. */
export function gatewayReferences(config: Config): readonly GatewayReference[] {
  const defaults = config.tree.section("gateways");
  const all: readonly GatewayReference[] = [
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

/** References to what the node does not have. The rule gateway-name-exists speaks of them. */
export const danglingGateways = (config: Config): readonly GatewayReference[] =>
  gatewayReferences(config).filter(
    ({ name, group }) => !hasGateway(config, name) && !(group && hasGatewayGroup(config, name)),
  );
