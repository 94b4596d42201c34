import type { Address } from "../../model/address.ts";
import { icmp, icmpv6, protocolNumber, protocolsWithPorts } from "./protocols.ts";
import { type Point, pointOf } from "./sets.ts";

/** The first packet of a connection: for TCP a SYN, for ICMP an echo request; no tag, no TOS. No state exists yet. */
export interface Packet {
  /** Where pf sees it: `wan`, `opt1`, or `openvpn`, `enc0` for tunnels, `lo0`. */
  readonly interface: string;
  /** Seen from the firewall. */
  readonly direction: "in" | "out";
  /** A name as rules use it (`tcp`, `icmp`, `carp`, `pfsync` …) or a number. */
  readonly protocol: string;
  readonly source: Address;
  /** After port forwards, and before outbound NAT. */
  readonly destination: Address;
  /** Destination port, where the protocol has ports. */
  readonly port?: number | undefined;
  /** 50000 if not given. */
  readonly sourcePort?: number | undefined;
}

/** A packet in the form that rules are asked about. */
export interface Flow {
  readonly interface: string;
  readonly direction: "in" | "out";
  readonly family: 4 | 6;
  /** Undefined if the protocol is none that is known. */
  readonly protocol: number;
  readonly source: Point;
  readonly destination: Point;
  readonly port: number | undefined;
  readonly sourcePort: number | undefined;
  /** Number of the ICMP type; undefined for other protocols. */
  readonly icmpType: number | undefined;
}

const usualSourcePort = 50_000;

/** Undefined if the protocol is unknown, or the two addresses are not of one family. */
export function flowOf(packet: Packet): Flow | undefined {
  const { family } = packet.source;
  const protocol = protocolNumber(packet.protocol, family);
  if (protocol === undefined || packet.destination.family !== family) return undefined;
  const hasPorts = protocolsWithPorts.has(protocol);
  return {
    interface: packet.interface,
    direction: packet.direction,
    family,
    protocol,
    source: pointOf(packet.source),
    destination: pointOf(packet.destination),
    port: hasPorts ? packet.port : undefined,
    sourcePort: hasPorts ? (packet.sourcePort ?? usualSourcePort) : undefined,
    icmpType: protocol === icmp ? 8 : protocol === icmpv6 ? 128 : undefined,
  };
}
