import { parseAddress, parseIpv4, privateNetworks, shippedBogons } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import { line, linkLocal6, multicastLink6, setOf } from "./automatic-line.ts";
import type { Link, Links } from "./links.ts";
import type { PfRule } from "./pf-rule.ts";
import { gre, ipv6InIpv4, tcp, udp } from "./protocols.ts";
import { AddressSet, hostNetwork } from "./sets.ts";

/** The rules that pfSense generates for each interface, in order (`filter.inc`, `filter_rules_generate()`). */
export function* interfaceRules(config: Config, links: Links, link: Link): Iterable<PfRule> {
  const ipv6 = config.system.ipv6Allow.on;
  yield* dhcpClientRules(link, ipv6);
  yield* bogonRules(link);
  if (!links.isBridged(link.key)) {
    yield* antispoofRules(link);
    yield* privateRules(link);
  }
  yield* serviceRules(config, link);
  yield* ipv6ServiceRules(config, link);
}

function* dhcpClientRules({ key, label, entry }: Link, ipv6: boolean): Iterable<PfRule> {
  const client = { kind: "dhcp-client", quick: true, on: key, protocols: [udp] } as const;
  if (entry.ipaddr.text === "dhcp") {
    const text = `allow dhcp client out ${label}`;
    yield line("pass", { ...client, label: text, direction: "in", fromPort: 67, ports: [68] });
    yield line("pass", { ...client, label: text, direction: "out", fromPort: 68, ports: [67] });
  }
  if (ipv6 && ["slaac", "dhcp6"].includes(entry.ipaddrv6.text)) {
    const within = { from: linkLocal6, to: linkLocal6, fromPort: 546, ports: [546] } as const;
    yield line("pass", { ...client, label: `allow dhcpv6 client in ${label}`, direction: "in", ...within });
    yield line("pass", {
      ...client,
      label: `allow dhcpv6 client in ${label}`,
      direction: "in",
      fromPort: 547,
      ports: [546],
    });
    yield line("pass", {
      ...client,
      label: `allow dhcpv6 client out ${label}`,
      direction: "out",
      fromPort: 546,
      ports: [547],
    });
  }
}

/** The list as shipped; the one for IPv6 ships empty. A downloaded list may hold more. */
function* bogonRules({ key, label, entry }: Link): Iterable<PfRule> {
  if (!entry.blockBogons.on) return;
  yield line("block", {
    kind: "bogons",
    label: `block bogon IPv4 networks from ${label}`,
    at: entry.blockBogons.at,
    quick: true,
    direction: "in",
    on: key,
    from: AddressSet.of(shippedBogons),
  });
}

/** `antispoof for`: the interface's networks come from nowhere else, and its addresses from nowhere (pf.conf(5)). */
function* antispoofRules(link: Link): Iterable<PfRule> {
  const own = link.addressSet(4);
  if (!own) return;
  const spoof = { kind: "antispoof", label: "antispoof protection", direction: "in" } as const;
  for (const family of [4, 6] as const) {
    const network = link.networkSet(family);
    if (network) yield line("block", { ...spoof, family, notOn: link.key, from: network });
  }
  yield line("block", { ...spoof, from: link.ownAddresses });
}

function* privateRules({ key, label, entry }: Link): Iterable<PfRule> {
  if (!entry.blockPrivate.on) return;
  const names = ["10/8", "127/8", "172.16/12", "192.168/16", "fc00::/7"];
  for (const [i, network] of privateNetworks.entries()) {
    const kind = network.address.family === 4 ? "private" : "ULA";
    yield line("block", {
      kind: "private",
      label: `Block ${kind} networks from ${label} block ${names[i]}`,
      at: entry.blockPrivate.at,
      quick: true,
      direction: "in",
      on: key,
      from: AddressSet.of([network]),
    });
  }
}

/** PPTP, DHCP server, failover and relay. */
function* serviceRules({ tree }: Config, link: Link): Iterable<PfRule> {
  const { key } = link;
  const word = link.entry.ipaddr.value;
  if (word === "pptp") {
    yield line("pass", {
      kind: "pptp",
      label: `allow PPTP client on ${link.label}`,
      direction: "in",
      on: key,
      protocols: [gre],
    });
  }
  if (word === "pptp" || word === "pppoe") return;
  const own = link.addressSet(4);
  const client = { quick: true, direction: "in", on: key, protocols: [udp], fromPort: 68, ports: [67] } as const;
  const server = { kind: "dhcp-server", label: "allow access to DHCP server" } as const;
  const scope = tree.path(`dhcpd/${key}`);
  if (scope.has("enable")) {
    yield line("pass", { ...server, ...client, to: setOf("255.255.255.255") });
    if (own) {
      yield line("pass", { ...server, ...client, to: own });
      yield line("pass", { ...server, ...client, direction: "out", from: own, fromPort: 67, ports: [68] });
    }
    const peer = parseAddress(scope.textOf("failover_peerip"));
    if (own && peer) {
      yield line("pass", {
        kind: "dhcp-failover",
        label: "allow access to DHCP failover",
        at: scope.section("failover_peerip").at,
        quick: true,
        direction: "in",
        on: key,
        protocols: [tcp, udp],
        from: AddressSet.of([hostNetwork(peer)]),
        to: own,
        ports: [519, 520],
      });
    }
  }
  const relay = tree.section("dhcrelay");
  if (relay.has("enable") && relay.textOf("interface").split(",").includes(key)) {
    yield line("pass", {
      ...client,
      kind: "dhcp-relay",
      label: "allow access to DHCP relay",
      to: setOf("255.255.255.255"),
    });
  }
}

/** 6rd and 6to4 tunnels, or DHCPv6. */
function* ipv6ServiceRules(config: Config, link: Link): Iterable<PfRule> {
  const { key, label, entry } = link;
  const word = entry.ipaddrv6.value;
  const kind = "tunnel-6in4";
  if (word === "6rd" || word === "6to4") {
    const relay = parseIpv4(entry.tree.textOf("gateway-6rd"));
    const far = word === "6rd" ? relay && AddressSet.of([hostNetwork(relay)]) : undefined;
    const near = word === "6to4" ? link.addressSet(4) : undefined;
    if (!far && !near) return;
    const common = { kind, on: key, protocols: [ipv6InIpv4] } as const;
    yield line("pass", {
      ...common,
      label: `Allow 6in4 traffic in for ${word} on ${label}`,
      direction: "in",
      from: far,
      to: near,
    });
    yield line("pass", {
      ...common,
      label: `Allow 6in4 traffic out for ${word} on ${label}`,
      direction: "out",
      from: near,
      to: far,
    });
    return;
  }
  if (!servesDhcpv6(config, link)) return;
  const server = { kind: "dhcpv6-server", label: "allow access to DHCPv6 server", quick: true, on: key } as const;
  const common = { ...server, family: 6, protocols: [udp] } as const;
  yield line("pass", { ...common, from: linkLocal6, to: linkLocal6, ports: [546] });
  yield line("pass", { ...common, from: linkLocal6, to: multicastLink6, ports: [546, 547] });
  yield line("pass", { ...common, from: multicastLink6, to: linkLocal6, ports: [547] });
  const own = link.addressSet(6);
  if (!own) return;
  yield line("pass", { ...common, direction: "in", from: linkLocal6, to: own, ports: [546] });
  yield line("pass", { ...common, direction: "out", from: own, to: linkLocal6, fromPort: 547 });
}

/** Releases up to 2.7 also open an interface that tracks another one. */
function servesDhcpv6({ tree, isAfter27 }: Config, { key, entry }: Link): boolean {
  if (tree.path(`dhcpdv6/${key}`).has("enable")) return true;
  if (!isAfter27 && entry.tree.textOf("track6-interface") !== "") return true;
  const relay = tree.section("dhcrelay6");
  return (relay.has("enable") || !isAfter27) && relay.textOf("interface").split(",").includes(key);
}
