import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Config } from "../model/config.ts";
import type { DhcpRelay } from "../model/dhcp.ts";
import type { Field } from "../model/field.ts";
import type { Span } from "../source.ts";

/** A place that names a VIP by `_vip<uniqid>`. */
export interface VipReference {
  readonly at: Span;
  readonly uniqid: string;
  /** What names it: `OpenVPN server 1 (Staff)`. */
  readonly title: string;
  readonly subject: string;
}

/** Everything switched on that names a VIP, except IP aliases, whose parents are another matter. */
export function vipReferences(config: Config): readonly VipReference[] {
  return places(config).flatMap(({ at, text, title, subject }) =>
    text
      .split(/[,|]/)
      .map((word) => word.trim())
      .filter((word) => word.startsWith("_vip"))
      .map((word) => ({ at, uniqid: word.slice("_vip".length), title, subject })),
  );
}

/** References of the secondary that lose their VIP with the next XMLRPC sync. The rule vip-reference-exists reports them. */
export function referencesLosingVip(cluster: Cluster): readonly VipReference[] {
  const { secondary } = cluster;
  const { onceThrough } = afterSync(cluster);
  return vipReferences(onceThrough).filter(
    ({ at, uniqid }) => at.source === secondary.source && secondary.vip(uniqid) && !onceThrough.vip(uniqid),
  );
}

interface Place {
  readonly at: Span;
  readonly text: string;
  readonly title: string;
  readonly subject: string;
}

const place = ({ at, text }: Field<string>, title: string, subject: string): Place => ({ at, text, title, subject });

function places(config: Config): readonly Place[] {
  const { resolver, forwarder, gatewayGroups, tree } = config;
  const ntp = tree.path("ntpd/interface");
  return [
    ...config.openVpns.filter(({ disable }) => !disable.on).map((one) => place(one.interface, one.title, one.subject)),
    ...config.phase1s.filter(({ disabled }) => !disabled.on).map((one) => place(one.interface, one.title, one.subject)),
    ...(resolver.enable.on
      ? [
          place(resolver.listening, "network interfaces of the DNS Resolver", "unbound/active_interface"),
          place(resolver.outgoing, "outgoing interfaces of the DNS Resolver", "unbound/outgoing_interface"),
        ]
      : []),
    ...(forwarder.enable.on
      ? [place(forwarder.listening, "interfaces of the DNS Forwarder", "dnsmasq/interface")]
      : []),
    ...config.dhcpv6Servers
      .filter(({ advertises }) => advertises)
      .map((one) => place(one.raInterface, `router advertisements on ${one.key}`, one.subject)),
    ...relay(config.dhcpRelay, "DHCP relay", "dhcrelay"),
    ...relay(config.dhcpRelay6, "DHCPv6 relay", "dhcrelay6"),
    ...gatewayGroups.flatMap((group) =>
      group.items.map(({ entry, vip }) => ({
        at: entry.tree.at,
        text: vip,
        title: `gateway group ${group.name.text}`,
        subject: group.subject,
      })),
    ),
    { at: ntp.at, text: ntp.text, title: "interfaces of the NTP server", subject: "ntpd/interface" },
    ...config.dynamicDns
      .filter(({ enable }) => enable.on)
      .map((one) => place(one.interface, `dynamic DNS of ${one.name}`, one.subject)),
  ];
}

const relay = ({ enable, statusVip }: DhcpRelay, title: string, subject: string): readonly Place[] =>
  enable.on ? [place(statusVip, title, subject)] : [];
