import { selectedSections } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Config } from "../model/config.ts";
import { setText } from "../model/edit.ts";
import type { SyncBox } from "../model/hasync.ts";
import type { Tree } from "../model/tree.ts";
import type { Problem } from "./rule.ts";

interface Section {
  /** As on the page "High Availability Sync". */
  readonly title: string;
  /** Something in use that the box would send, or undefined. */
  readonly content: (config: Config) => Tree | undefined;
  /** A box that carries the section as well. */
  readonly with?: SyncBox;
  /** The config version from which on there is such a box. */
  readonly since?: number;
}

/** Sections by the box that selects them. */
export const sections: Readonly<Record<SyncBox, Section>> = {
  rules: { title: "firewall rules", content: ({ rules }) => rules.find(({ nosync }) => !nosync.on)?.tree },
  nat: { title: "NAT", content: natInUse },
  aliases: { title: "aliases", content: ({ aliases }) => aliases.find(({ nosync }) => !nosync.on)?.tree },
  virtualip: { title: "virtual IPs", content: ({ carpVips }) => carpVips[0]?.tree },
  dhcpd: {
    title: "DHCP",
    content: (config) => config.dhcpServers.find(({ key }) => config.servesDhcp(key))?.tree,
  },
  dnsforwarder: {
    title: "DNS",
    content: ({ resolver, forwarder }) => [resolver, forwarder].find(({ enable }) => enable.on)?.tree,
  },
  ipsec: { title: "IPsec", content: ({ phase1s }) => phase1s.find(({ disabled }) => !disabled.on)?.tree },
  openvpn: { title: "OpenVPN", content: ({ openVpns }) => openVpns.find(({ disable }) => !disable.on)?.tree },
  schedules: { title: "schedules", with: "rules", content: entry("schedules/schedule") },
  users: { title: "users and groups", content: accountInUse },
  authservers: { title: "authentication servers", content: entry("system/authserver") },
  certs: { title: "certificates", with: "openvpn", content: certificateInUse },
  staticroutes: {
    title: "static routes and gateways",
    content: ({ staticRoutes, gateways }) => (staticRoutes[0] ?? gateways[0])?.tree,
  },
  trafficshaper: { title: "traffic shaper", content: ({ tree }) => tree.section("shaper").children[0] },
  trafficshaperlimiter: { title: "limiters", content: ({ tree }) => tree.section("dnshaper").children[0] },
  wol: { title: "wake-on-LAN", content: entry("wol/wolentry") },
  captiveportal: {
    title: "captive portal",
    content: ({ tree }) => tree.section("captiveportal").children.find((zone) => zone.has("enable")),
  },
  dhcrelay: { title: "DHCP relay", since: 22.2, content: ({ dhcpRelay }) => inUse(dhcpRelay) },
  dhcrelay6: { title: "DHCPv6 relay", since: 22.2, content: ({ dhcpRelay6 }) => inUse(dhcpRelay6) },
  kea6: {
    title: "DHCPv6 and router advertisements",
    since: 24,
    content: ({ usesKea, dhcpv6Servers }) =>
      usesKea ? dhcpv6Servers.find((server) => server.enable.on || server.advertises)?.tree : undefined,
  },
};

/** A problem for each section that the primary uses, or that is wanted without that, and that no box selects. */
export function* unselected(primary: Config, boxes: readonly SyncBox[], used: boolean): Iterable<Problem> {
  const { hasync } = primary;
  for (const name of boxes) {
    const { title, content, with: other, since = 0 } = sections[name];
    const box = hasync.box(name);
    if (box.on || (other && hasync.box(other).on) || primary.dialect.version < since) continue;
    const inUse = content(primary);
    if (used && !inUse) continue;
    yield {
      at: box.at,
      message: `XMLRPC sync of ${title}: expected ${box.name} on, found it off`,
      subject: `hasync/${box.name}`,
      related: inUse ? [{ at: inUse.open, message: "what stays on the primary" }] : [],
      fix: {
        title: `select ${title}; the next sync replaces the secondary's`,
        safe: false,
        edits: [setText(box, "on")],
      },
    };
  }
}

/** Why a rule about single boxes does not apply. */
export function selectsNothing({ primary }: Cluster): string | undefined {
  if (primary.hasync.target.empty) return "the primary has no XMLRPC target";
  return selectedSections(primary).length > 0 ? undefined : "no section is selected for XMLRPC sync";
}

function entry(path: string): Section["content"] {
  const [section = "", list = ""] = path.split("/");
  return ({ tree }) => tree.section(section).get(list);
}

function natInUse({ tree, outboundNat }: Config): Tree | undefined {
  const nat = tree.section("nat");
  const sent = [...nat.list("rule"), ...nat.section("outbound").list("rule")].find((one) => !one.has("nosync"));
  if (sent) return sent;
  return (
    nat.get("onetoone") ?? nat.get("npt") ?? (outboundNat.effectiveMode === "automatic" ? undefined : outboundNat.tree)
  );
}

/** pfSense numbers the accounts and groups that people add from here on. */
const firstOwnId = 2000;

/** An account or group beyond those that every pfSense has. */
function accountInUse({ system: { users, groups } }: Config): Tree | undefined {
  const user = users.find(({ uid }) => (uid.value ?? 0) >= firstOwnId);
  return (user ?? groups.find(({ gid }) => (gid.value ?? 0) >= firstOwnId))?.tree;
}

/** A certificate authority, or a certificate other than that of the node's own web GUI. */
function certificateInUse({ tree, system }: Config): Tree | undefined {
  const own = system.webGui.certificate.text;
  return tree.get("ca") ?? tree.list("cert").find((cert) => cert.textOf("refid") !== own);
}

const inUse = ({ enable, tree }: Config["dhcpRelay"]): Tree | undefined => (enable.on ? tree : undefined);
