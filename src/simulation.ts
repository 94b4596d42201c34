import type { NodeInfo, NodeRole } from "./diagnostic.ts";

/** What CARP says of a VIP on one node. DOWN: the node is off, or it has no such VIP. INIT: it has, and cannot use it. */
export type CarpState = "MASTER" | "BACKUP" | "INIT" | "DOWN";

/** One CARP VIP in one scenario. */
export interface SimulatedVip {
  /** The interface's key on the primary. */
  readonly interface: string;
  readonly vhid: number;
  readonly address: string;
  readonly primary: CarpState;
  readonly secondary: CarpState;
  /** Whom the hosts in its network find. A master behind a dead bridge is one that nobody finds. */
  readonly master: NodeRole | "both" | "none";
  /** Whether the VIP is where it should be in this scenario, and the configuration sees to it. */
  readonly ok: boolean;
  /** The longest time that it takes until the new master answers, in seconds; undefined if the VIP does not move. */
  readonly takeoverSeconds: number | undefined;
  /** Why it is so, in an engineer's words. */
  readonly why: string;
}

/** Something that the hosts around the pair notice. */
export interface Effect {
  readonly topic: "connections" | "NAT" | "gateway" | "DHCP" | "DNS" | "VPN" | "router advertisements";
  /** good: as one wants it of a pair; bad: the configuration could do better; note: it lies in the nature of the thing. */
  readonly outcome: "good" | "bad" | "note";
  readonly message: string;
}

/** Something that happens to a pair, and what becomes of it. */
export interface Scenario {
  /** `normal`, `primary-down`, `primary-link-down:wan` and so on: stable, for programs. */
  readonly id: string;
  readonly title: string;
  /** In the order of the primary's file, then those that only the secondary has. */
  readonly vips: readonly SimulatedVip[];
  /** Whether there are VIPs, and every one is where it should be. */
  readonly ok: boolean;
  /** Whether it says something of the configuration: a dead bridge does not, for CARP never learns of it. */
  readonly counts: boolean;
  readonly effects: readonly Effect[];
}

/** The outcome of simulating one pair. */
export interface Simulation {
  readonly primary: NodeInfo;
  readonly secondary: NodeInfo;
  /** What the nodes' virtual machines are plugged into; undefined if their hypervisor's files were not given. */
  readonly wires: Wires | undefined;
  readonly scenarios: readonly Scenario[];
}

/** The hypervisor under a pair, as far as it is known. */
export interface Wires {
  /** The primary's machine first. */
  readonly machines: readonly Machine[];
  /** Pairs of interfaces, by key, whose cards surely do not meet; and why. */
  readonly apart: ReadonlyMap<string, string>;
  /** What could not be told, for people. */
  readonly unknown: readonly string[];
}

/** A node's virtual machine. */
export interface Machine {
  readonly role: NodeRole;
  readonly host: string;
  /** Number of the guest: `101`. */
  readonly vm: string;
  readonly name: string;
  readonly cards: readonly Card[];
}

/** A network card that interfaces of the node run on. */
export interface Card {
  /** `net0`. */
  readonly name: string;
  /** Keys of the interfaces: several where the node itself puts VLANs on it. */
  readonly interfaces: readonly string[];
  readonly bridge: string | undefined;
  /** VLAN tag that the bridge gives to its frames. */
  readonly tag: number | undefined;
  /** Devices of the host in the bridge; undefined if its network file was not given, or does not have the bridge. */
  readonly ports: readonly string[] | undefined;
  readonly linkDown: boolean;
}

/** Id of the scenario in which a host dies. */
export const hostDies = (host: string): string => `host-dies:${host}`;

/** Id of the scenario in which a bridge of a host dies. */
export const bridgeDies = (host: string, bridge: string): string => `bridge-dies:${host}/${bridge}`;
