import { type Address, type Network, network, range } from "../../model/address.ts";
import type { Answer } from "./answer.ts";
import { type Range, RangeSet } from "./ranges.ts";

/** An address in the form that sets are searched by: IPv4 as a number, which is faster than a bigint. */
export type Point = { readonly family: 4; readonly value: number } | { readonly family: 6; readonly value: bigint };

export const pointOf = ({ family, value }: Address): Point =>
  family === 4 ? { family, value: Number(value) } : { family, value };

/** Addresses, and why there may be more of them than the file tells. */
export class AddressSet {
  readonly v4: RangeSet<number>;
  readonly v6: RangeSet<bigint>;
  readonly doubt: string | undefined;
  /** Addresses that are not among the unknown ones. */
  readonly excluded: AddressSet | undefined;

  constructor(v4: RangeSet<number>, v6: RangeSet<bigint>, doubt?: string, excluded?: AddressSet) {
    this.v4 = v4;
    this.v6 = v6;
    this.doubt = doubt;
    this.excluded = excluded;
  }

  static of(networks: Iterable<Network>, doubt?: string, excluded?: AddressSet): AddressSet {
    const v4: Range<number>[] = [];
    const v6: Range<bigint>[] = [];
    for (const item of networks) {
      const { first, last } = range(item);
      if (item.address.family === 4) v4.push({ first: Number(first), last: Number(last) });
      else v6.push({ first, last });
    }
    return new AddressSet(new RangeSet(v4), new RangeSet(v6), doubt, excluded);
  }

  static union(sets: readonly AddressSet[]): AddressSet {
    const [only] = sets;
    if (only && sets.length === 1) return only;
    const open = sets.find(({ doubt }) => doubt !== undefined);
    return new AddressSet(
      new RangeSet(sets.flatMap(({ v4 }) => v4.ranges)),
      new RangeSet(sets.flatMap(({ v6 }) => v6.ranges)),
      open?.doubt,
      open?.excluded,
    );
  }

  has(point: Point): Answer {
    if (point.family === 4 ? this.v4.has(point.value) : this.v6.has(point.value)) return true;
    return this.doubt !== undefined && this.excluded?.has(point) !== true ? this.doubt : false;
  }

  /** Whether it holds nothing of a family, for certain. */
  isEmpty(family: 4 | 6): boolean {
    return this.doubt === undefined && (family === 4 ? this.v4 : this.v6).isEmpty;
  }
}

export const hostNetwork = (address: Address): Network => network(address, address.family === 4 ? 32 : 128);

/** Ports, and why there may be more of them than the file tells. */
export class PortSet {
  readonly ports: RangeSet<number>;
  readonly doubt: string | undefined;

  constructor(ranges: Iterable<Range<number>>, doubt?: string) {
    this.ports = new RangeSet(ranges);
    this.doubt = doubt;
  }

  has(port: number | undefined): Answer {
    if (port === undefined) return "the port is not given";
    return this.ports.has(port) || (this.doubt ?? false);
  }
}
