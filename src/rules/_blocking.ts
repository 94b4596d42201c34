import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import { formatAddress, formatNetwork, inAny, type Network } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import type { Span } from "../source.ts";
import type { RuleOption } from "./rule.ts";

/** A place on an interface that a list of networks covers. */
export interface Covered {
  /** `its network 192.168.1.0/24`, `its gateway 10.0.0.1`. */
  readonly what: string;
  readonly at: Span;
}

/** The option of both rules about blocking: by default publicly numbered interfaces may block. */
export const requireOption: RuleOption = {
  default: "by-address",
  description: "`disabled` wants it off on every interface that the pair depends on, however that is numbered",
  schema: { enum: ["by-address", "disabled"] },
};

/** The interfaces of a node whose neighbours the pair depends on: those with a CARP VIP, pfsync, or the XMLRPC target. */
export function sharedInterfaces({ primary }: Cluster, { config }: ClusterNode): readonly Interface[] {
  const target = primary.hasync.targetAddress;
  const receiver = target && config.interfaceWith(target);
  const sync = config.hasync.pfsyncEnabled.on ? config.syncInterface : undefined;
  return config.interfaces.filter(
    (entry) => entry.enabled && (entry === receiver || entry === sync || config.carpVipsOn(entry.key).length > 0),
  );
}

/** What of an interface's surroundings lies in a list of networks: its own network, a VIP, its gateway, the peer. */
export function covered(
  { config, peer }: ClusterNode,
  entry: Interface,
  list: readonly Network[],
): Covered | undefined {
  for (const { what, place, at } of surroundings(config, peer, entry)) if (inAny(list, place)) return { what, at };
  return undefined;
}

function* surroundings(config: Config, peer: Config, entry: Interface) {
  for (const family of [4, 6] as const) {
    const own = entry.networkOf(family);
    const { at } = entry.addressField(family);
    if (own) yield { what: `its network ${formatNetwork(own)}`, place: own, at };
  }
  for (const vip of config.vips) {
    const place = vip.subnet.value;
    if (!place || config.interfaceOf(vip) !== entry.key) continue;
    yield { what: `its VIP ${formatAddress(place)}`, place, at: vip.subnet.at };
  }
  for (const name of [entry.gateway.text, entry.gatewayv6.text]) {
    const gateway = config.gateways.find((item) => name !== "" && item.name.text === name);
    const place = gateway?.address;
    if (gateway && place) yield { what: `its gateway ${formatAddress(place)}`, place, at: gateway.gateway.at };
  }
  const other = peer.interface(entry.key);
  for (const family of [4, 6] as const) {
    const place = other?.enabled ? other.addressOf(family) : undefined;
    if (!other || !place) continue;
    yield { what: `the other node's address ${formatAddress(place)}`, place, at: other.addressField(family).at };
  }
}
