import type { Simulation } from "./simulation.ts";

/** A pair as it is drawn: what is connected to what, and what becomes of it in every scenario. */
export interface Picture {
  /** Enabled interfaces of either node, in the order of the primary's file. */
  readonly links: readonly Link[];
  readonly simulation: Simulation;
}

/** What is plugged into one interface of each node. */
export interface Link {
  /** The interface's key: `wan`, `opt1`. */
  readonly key: string;
  readonly label: string;
  /** Whether pfsync uses it. */
  readonly sync: boolean;
  /** Undefined where the node has no such interface, or has it switched off. */
  readonly primary: Port | undefined;
  readonly secondary: Port | undefined;
}

export interface Port {
  readonly device: string;
  /** `192.0.2.2/24`, `dhcp`, or empty. */
  readonly addresses: readonly string[];
}
