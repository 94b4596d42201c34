import { contains, parseIpv4 } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";

/** The part that a node takes in failover of ISC DHCP on one interface. */
export interface FailoverRole {
  readonly role: "primary" | "secondary";
  /** The CARP VIP that makes the node primary. */
  readonly decidedBy: Vip | undefined;
  /** Whether the peer lies in the interface's network; one outside makes the node secondary, whatever its VIPs are. */
  readonly peerInside: boolean;
}

/** Below this advskew a CARP VIP makes its node primary. */
export const primaryBelow = 20;

/**
 * pfSense has no field for the role of a node: it is primary if a CARP VIP of the interface has a numeric advskew below
 * 20 and the peer lies in the interface's network, else secondary (`services.inc`, `services_dhcpdv4_configure()`).
 * Undefined without a peer, and where the node is told its network.
 */
export function failoverRole(config: Config, key: string): FailoverRole | undefined {
  const { failoverPeer } = config.dhcpServer(key);
  const network = config.interface(key)?.networkOf(4);
  if (!config.servesDhcp(key) || failoverPeer.empty || !network) return undefined;
  const peer = parseIpv4(failoverPeer.text);
  const peerInside = peer !== undefined && contains(network, peer);
  const fast = config
    .carpVipsOn(key)
    .find(({ advskew }) => advskew.value !== undefined && advskew.value < primaryBelow);
  const decidedBy = peerInside ? fast : undefined;
  return { role: decidedBy ? "primary" : "secondary", decidedBy, peerInside };
}
