import { parseNetwork } from "../../model/address.ts";
import type { Span } from "../../source.ts";
import type { AutomaticKind, End, PfRule } from "./pf-rule.ts";
import { AddressSet, PortSet } from "./sets.ts";

/** What a generated rule says, beyond matching everything in both directions. */
export interface Line {
  readonly kind: AutomaticKind;
  readonly label: string;
  readonly at?: Span | undefined;
  readonly quick?: boolean;
  readonly direction?: "in" | "out";
  readonly on?: string;
  readonly notOn?: string;
  readonly family?: 4 | 6;
  readonly protocols?: readonly number[];
  readonly from?: AddressSet | undefined;
  readonly to?: AddressSet | undefined;
  /** The destination is everything but `to`. */
  readonly toOthers?: boolean;
  readonly fromPort?: number;
  readonly ports?: readonly number[];
  readonly icmpTypes?: readonly number[];
}

export function line(action: "pass" | "block", { kind, label, at, ...says }: Line): PfRule {
  const end = (set: AddressSet | undefined, not = false): readonly End[] | undefined => set && [{ set, not }];
  const { fromPort, ports, icmpTypes } = says;
  return {
    action,
    quick: says.quick ?? false,
    direction: says.direction,
    on: says.on === undefined ? undefined : new Set([says.on]),
    ...(says.notOn !== undefined && { notOn: says.notOn }),
    family: says.family,
    protocols: says.protocols && new Set(says.protocols),
    source: end(says.from),
    destination: end(says.to, says.toOthers),
    sourcePorts: fromPort === undefined ? undefined : new PortSet([{ first: fromPort, last: fromPort }]),
    ports: ports && new PortSet(ports.map((port) => ({ first: port, last: port }))),
    icmpTypes: icmpTypes && new Set(icmpTypes),
    origin: { kind, label, at },
  };
}

/** Addresses and networks as text, which must be valid. */
export const setOf = (...texts: readonly string[]): AddressSet =>
  AddressSet.of(texts.map((text) => parseNetwork(text)!));

export const linkLocal6: AddressSet = setOf("fe80::/10");
export const multicastLink6: AddressSet = setOf("ff02::/16");
