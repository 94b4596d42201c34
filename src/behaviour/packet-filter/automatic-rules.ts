import type { Config } from "../../model/config.ts";
import { interfaceRules } from "./automatic-interfaces.ts";
import { line, linkLocal6, multicastLink6, setOf } from "./automatic-line.ts";
import type { Links } from "./links.ts";
import type { PfRule } from "./pf-rule.ts";
import { carp, icmpv6, tcp, udp } from "./protocols.ts";
import { AddressSet } from "./sets.ts";
import { systemAliases } from "./system-aliases.ts";

/** Config versions from which on the translated forms of reserved IPv4 addresses are blocked. */
const nat64Since = 24.1;

const families = [4, 6] as const;

/** The rules that pfSense puts before those of the user, in order (`filter.inc`, `filter_rules_generate()`). */
export function* automaticRules(config: Config, links: Links): Iterable<PfRule> {
  yield* bootstrapRules(config);
  yield* defaultDeny();
  if (config.system.ipv6Allow.on) yield* icmpv6Rules();
  yield* portZeroRules(config);
  yield* carpRules(config, links);
  for (const link of links.all) yield* interfaceRules(config, links, link);
  yield* loopbackRules(config);
  yield* letOutRules(config, links);
  if (links.pseudo.has("enc0")) {
    yield line("pass", { kind: "ipsec-internal", label: "IPsec internal host to host", direction: "out", on: "enc0" });
  }
  yield* antiLockoutRules(config, links);
}

/** What is dropped before anything else: IPv6 that is not allowed, NAT64 of reserved addresses, link-local IPv4. */
function* bootstrapRules({ system, dialect }: Config): Iterable<PfRule> {
  if (!system.ipv6Allow.on) {
    yield line("pass", { kind: "loopback", label: "pass IPv6 loopback", quick: true, on: "lo0", family: 6 });
    const at = system.ipv6Allow.at;
    yield line("block", { kind: "no-ipv6", label: "Block all IPv6", at, quick: true, family: 6 });
  }
  if (dialect.version >= nat64Since && !system.tree.has("allow_nat64_prefix_override")) {
    const to = setOf(...(systemAliases.get("_nat64reserved_") ?? "").split(" "));
    yield line("block", { kind: "nat64-reserved", label: "Block NAT64 for non-global IPv4", quick: true, to });
  }
  if (!system.noApipaBlock.on) {
    const linkLocal = { kind: "link-local", label: "Block IPv4 link-local", at: system.noApipaBlock.at } as const;
    const range = setOf("169.254.0.0/16");
    yield line("block", { ...linkLocal, quick: true, direction: "in", from: range });
    yield line("block", { ...linkLocal, quick: true, direction: "in", to: range });
  }
}

function* defaultDeny(): Iterable<PfRule> {
  for (const family of families) {
    yield line("block", { kind: "default-deny", label: `Default deny rule IPv${family}`, family });
  }
}

/** ICMPv6 without which IPv6 does not work: errors, neighbours, routers, and pings on the link. */
function* icmpv6Rules(): Iterable<PfRule> {
  const required = { kind: "icmpv6", label: "ICMPv6 operation", quick: true, family: 6, protocols: [icmpv6] } as const;
  yield line("pass", { ...required, icmpTypes: [1, 2, 135, 136] });
  for (const to of [linkLocal6, multicastLink6]) {
    yield line("pass", { ...required, direction: "out", from: linkLocal6, to, icmpTypes: [129, 133, 134, 135, 136] });
  }
  const incoming = { ...required, direction: "in", icmpTypes: [128, 133, 134, 135, 136] } as const;
  yield line("pass", { ...incoming, from: linkLocal6, to: linkLocal6 });
  yield line("pass", { ...incoming, from: multicastLink6, to: linkLocal6 });
  yield line("pass", { ...incoming, from: linkLocal6, to: multicastLink6 });
  yield line("pass", { ...incoming, from: setOf("::"), to: multicastLink6 });
}

function* portZeroRules({ system }: Config): Iterable<PfRule> {
  for (const family of system.ipv6Allow.on ? families : ([4] as const)) {
    const zero = { kind: "port-0", quick: true, family, protocols: [tcp, udp] } as const;
    yield line("block", { ...zero, label: "Block traffic from port 0", fromPort: 0 });
    yield line("block", { ...zero, label: "Block traffic to port 0", ports: [0] });
  }
}

/** Only where there is a CARP VIP: the node's own announcements are dropped, all others pass (`filter_process_carp_rules()`). */
function* carpRules(config: Config, links: Links): Iterable<PfRule> {
  if (config.carpVips.length === 0) return;
  const common = { quick: true, protocols: [carp] } as const;
  const own = { kind: "carp-self", label: "CARP packet from an own address" } as const;
  yield line("block", { ...common, ...own, direction: "in", from: links.self });
  yield line("pass", { ...common, kind: "carp", label: "CARP pass rule" });
}

function* loopbackRules({ system }: Config): Iterable<PfRule> {
  for (const family of system.ipv6Allow.on ? families : ([4] as const)) {
    yield line("pass", { kind: "loopback", label: `pass IPv${family} loopback`, on: "lo0", family });
  }
}

/** Everything that leaves passes, unless a later rule says otherwise; where there is a gateway, by that gateway. */
function* letOutRules(config: Config, links: Links): Iterable<PfRule> {
  const kind = "let-out";
  for (const family of config.system.ipv6Allow.on ? families : ([4] as const)) {
    const label = `let out anything IPv${family} from firewall host itself`;
    yield line("pass", { kind, label, direction: "out", family });
  }
  const label = "let out anything from firewall host itself";
  for (const link of links.all) {
    for (const family of families) {
      const network = link.entry.networkOf(family);
      const address = link.addressSet(family);
      if (!network || !address || !hasGateway(config, link.key, family)) continue;
      const outside = { to: AddressSet.of([network]), toOthers: true };
      yield line("pass", { kind, label, direction: "out", family, from: address, ...outside });
      for (const vip of link.vips) {
        if (vip.address.family !== family || vip.vip.mode.text === "proxyarp") continue;
        const from = AddressSet.of([{ address: vip.address, bits: family === 4 ? 32 : 128 }]);
        yield line("pass", { kind, label, direction: "out", family, from, ...outside });
      }
    }
  }
}

/** Whether the gateway of an interface is an address (`gwlb.inc`, `get_interface_gateway()`). */
function hasGateway(config: Config, key: string, family: 4 | 6): boolean {
  const entry = config.interface(key);
  const name = family === 4 ? entry?.gateway.text : entry?.gatewayv6.text;
  return config.gateways.some((gateway) => gateway.name.text === name && gateway.address?.family === family);
}

/**
 * The GUI and SSH ports on `lan`, or on `wan` where that is all there is (`filter_get_antilockout_ports()`). On no other
 * interface, so never on a sync interface of its own.
 */
function* antiLockoutRules(config: Config, links: Links): Iterable<PfRule> {
  const { webGui, ssh } = config.system;
  if (webGui.noAntiLockout.on) return;
  const link = links.get(config.interfaces.length === 1 ? "wan" : "lan");
  if (!link) return;
  const https = webGui.protocol.text === "https";
  const gui = webGui.port.value ?? (https ? 443 : 80);
  const ports = [gui];
  if (https && !webGui.noHttpRedirect.on) ports.push(80);
  if (ssh.enable.on) ports.push(ssh.served);
  const rule = { kind: "anti-lockout", label: "anti-lockout rule", at: webGui.noAntiLockout.at } as const;
  yield line("pass", {
    ...rule,
    quick: true,
    direction: "in",
    on: link.key,
    protocols: [tcp],
    to: link.ownAddresses,
    ports,
  });
}
