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
  readonly effects: readonly Effect[];
}

/** The outcome of simulating one pair. */
export interface Simulation {
  readonly primary: NodeInfo;
  readonly secondary: NodeInfo;
  readonly scenarios: readonly Scenario[];
}
