/** An IPv4 or IPv6 address as a number, so that every spelling of one address is equal. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** An address range by prefix; `address` is the network address, all host bits zero. */
export interface Network {
  readonly address: Address;
  readonly bits: number;
}

const width = (family: 4 | 6): number => (family === 4 ? 32 : 128);

/** Dotted quad without leading zeros, as pfSense's `is_ipaddrv4()` takes it (`util.inc`). */
export function parseIpv4(text: string): Address | undefined {
  if (text.length < 7 || text.length > 15) return undefined;
  let value = 0;
  let dots = 0;
  let part = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (part === -1) return undefined;
      value = value * 256 + part;
      part = -1;
      dots++;
    } else {
      if (code < 48 || code > 57 || part === 0) return undefined;
      part = part === -1 ? code - 48 : part * 10 + code - 48;
      if (part > 255) return undefined;
    }
  }
  return dots === 3 && part !== -1 ? { family: 4, value: BigInt(value * 256 + part) } : undefined;
}

/** RFC 4291 text, a zone such as `%em0` allowed behind it and ignored, as in pfSense's `is_ipaddrv6()` (`util.inc`). */
export function parseIpv6(text: string): Address | undefined {
  const [address = "", zone] = text.split("%");
  if (zone === "" || !/^[0-9a-fA-F:.]{2,45}$/.test(address)) return undefined;
  const halves = address.split("::");
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1] ?? "", true) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...Array<number>(halves.length === 1 ? 0 : missing).fill(0), ...tail];
  return { family: 6, value: all.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n) };
}

/** Sixteen-bit groups; the last two may be written as a dotted quad where `last` allows it. */
function groups(text: string, last: boolean): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const result: number[] = [];
  for (const [i, part] of parts.entries()) {
    if (part.includes(".")) {
      const quad = last && i === parts.length - 1 ? parseIpv4(part) : undefined;
      if (!quad) return undefined;
      result.push(Number(quad.value >> 16n), Number(quad.value & 0xffffn));
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
      result.push(Number.parseInt(part, 16));
    }
  }
  return result;
}

export const parseAddress = (text: string): Address | undefined =>
  text.includes(":") ? parseIpv6(text) : parseIpv4(text);

/** `address/bits`; a bare address is a network of one. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/");
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (!address) return undefined;
  if (slash === -1) return { address, bits: width(address.family) };
  const bits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > width(address.family)) return undefined;
  return network(address, Number(bits));
}

/** The network of an address; `bits` must be within the family's width. */
export function network(address: Address, bits: number): Network {
  const host = BigInt(width(address.family) - bits);
  return { address: { family: address.family, value: (address.value >> host) << host }, bits };
}

export const sameAddress = (a: Address, b: Address): boolean => a.family === b.family && a.value === b.value;

export const sameNetwork = (a: Network, b: Network): boolean => a.bits === b.bits && sameAddress(a.address, b.address);

export function contains(outer: Network, inner: Address | Network): boolean {
  const address = "address" in inner ? inner.address : inner;
  const bits = "address" in inner ? inner.bits : width(address.family);
  if (address.family !== outer.address.family || bits < outer.bits) return false;
  const host = BigInt(width(address.family) - outer.bits);
  return address.value >> host === outer.address.value >> host;
}

export const overlaps = (a: Network, b: Network): boolean => contains(a, b) || contains(b, a);

/** The first and the last address of a network. */
export function range({ address, bits }: Network): { first: bigint; last: bigint } {
  const host = BigInt(width(address.family) - bits);
  return { first: address.value, last: address.value | ((1n << host) - 1n) };
}

export function formatAddress({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
  const parts = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const zeros = longestZeros(parts);
  if (zeros.length < 2) return parts.join(":");
  return `${parts.slice(0, zeros.start).join(":")}::${parts.slice(zeros.start + zeros.length).join(":")}`;
}

/** The run of zero groups that RFC 5952 writes as `::`: the longest, the first of equals. */
function longestZeros(parts: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let i = 0; i < parts.length; i++) {
    let length = 0;
    while (parts[i + length] === "0") length++;
    if (length > best.length) best = { start: i, length };
  }
  return best;
}

export const formatNetwork = ({ address, bits }: Network): string => `${formatAddress(address)}/${bits}`;

const networks = (...texts: string[]): readonly Network[] => texts.map((text) => parseNetwork(text)!);

/** What `blockpriv` drops (pfSense `filter.inc`, `filter_rules_generate()`). */
export const privateNetworks: readonly Network[] = networks(
  "10.0.0.0/8",
  "127.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "fc00::/7",
);

/** What `blockbogons` drops as shipped (pfSense `etc/bogons`); `etc/bogonsv6` ships empty. */
export const shippedBogons: readonly Network[] = networks(
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
);

export const linkLocalIpv4: Network = parseNetwork("169.254.0.0/16")!;
export const linkLocalIpv6: Network = parseNetwork("fe80::/10")!;
/** Where pfsync goes when no peer is set (if_pfsync.c, `INADDR_PFSYNC_GROUP`). */
export const pfsyncGroup: Address = parseIpv4("224.0.0.240")!;
/** Where CARP advertisements go over IPv4 (RFC 5798's group). */
export const carpGroup: Address = parseIpv4("224.0.0.18")!;

export const inAny = (list: readonly Network[], place: Address | Network): boolean =>
  list.some((outer) => contains(outer, place) || ("address" in place && contains(place, outer)));
