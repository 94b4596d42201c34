import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";

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
