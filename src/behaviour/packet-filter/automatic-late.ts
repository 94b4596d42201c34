import { parseAddress, parseNetwork } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import type { Tree } from "../../model/tree.ts";
import { line } from "./automatic-line.ts";
import type { Links } from "./links.ts";
import type { PfRule } from "./pf-rule.ts";
import { udp } from "./protocols.ts";
import { AddressSet, hostNetwork } from "./sets.ts";

/** The rules that pfSense puts behind those of the user, in order (`filter.inc`, `filter_rules_generate()`). */
export function* lateRules(config: Config, links: Links): Iterable<PfRule> {
  yield* staticRouteRules(config, links);
  if (!config.system.tree.has("disablevpnrules")) yield* ipsecRules(config, links);
}

/** Between an interface and what lies behind a router on it, where the administrator asked for it. */
function* staticRouteRules(config: Config, links: Links): Iterable<PfRule> {
  const bypass = config.tree.path("filter/bypassstaticroutes");
  if (!bypass.present) return;
  for (const route of config.staticRoutes) {
    const gateway = config.gateways.find((entry) => entry.name.text === route.gateway.text);
    const link = gateway && links.get(gateway.interface.text);
    const far = parseNetwork(route.network.text);
    if (route.disabled.present || !link || !far) continue;
    const { family } = far.address;
    const near = link.networkSet(family);
    if (!near) continue;
    const rule = {
      kind: "static-route",
      label: "pass traffic between statically routed subnets",
      at: bypass.at,
    } as const;
    const there = AddressSet.of([far]);
    yield line("pass", { ...rule, quick: true, on: link.key, family, from: near, to: there });
    yield line("pass", { ...rule, quick: true, on: link.key, family, from: there, to: near });
  }
}

const esp = 50;
const ah = 51;

/** IKE and IPsec itself, for each enabled tunnel (`filter_generate_ipsec_rules()`). */
function* ipsecRules(config: Config, links: Links): Iterable<PfRule> {
  const ipsec = config.tree.section("ipsec");
  for (const phase1 of ipsec.list("phase1")) {
    if (phase1.has("disabled") || phase1.has("gw_duplicates")) continue;
    const link = links.get(interfaceOf(config, phase1));
    if (!link) continue;
    const peer = peerOf(phase1);
    const descr = phase1.textOf("descr") || phase1.textOf("remote-gateway");
    const ike = Number(ipsec.textOf("port")) || 500;
    const natT = Number(ipsec.textOf("port_nat_t")) || 4500;
    const incoming = {
      kind: "ipsec",
      direction: "in",
      on: link.key,
      from: peer,
      to: links.self,
      at: phase1.open,
    } as const;
    const label = (what: string): string => `IPsec: ${descr.slice(0, 35)} - inbound ${what}`;
    yield line("pass", { ...incoming, label: label("isakmp"), protocols: [udp], ports: [ike] });
    yield line("pass", { ...incoming, label: label("nat-t"), protocols: [udp], ports: [natT] });
    const inUse = protocolsInUse(ipsec, phase1);
    if (inUse.has("esp")) yield line("pass", { ...incoming, label: label("esp proto"), protocols: [esp] });
    if (inUse.has("ah")) yield line("pass", { ...incoming, label: label("ah proto"), protocols: [ah] });
  }
}

function protocolsInUse(ipsec: Tree, phase1: Tree): ReadonlySet<string> {
  const id = phase1.textOf("ikeid");
  const phase2s = ipsec.list("phase2").filter((phase2) => phase2.textOf("ikeid") === id);
  return new Set(phase2s.map((phase2) => phase2.textOf("protocol")));
}

/** The interface of a tunnel, where that is bound to a VIP. */
function interfaceOf(config: Config, phase1: Tree): string {
  const name = phase1.textOf("interface");
  const vip = name.startsWith("_vip") ? config.vip(name.slice(4)) : undefined;
  return vip ? config.interfaceOf(vip) : name;
}

/** Undefined for anybody. */
function peerOf(phase1: Tree): AddressSet | undefined {
  const gateway = phase1.textOf("remote-gateway");
  if (phase1.has("mobile") || gateway === "0.0.0.0" || gateway === "::") return undefined;
  const address = parseAddress(gateway);
  return address
    ? AddressSet.of([hostNetwork(address)])
    : AddressSet.of([], `the IPsec peer ${gateway} is a host name`);
}
