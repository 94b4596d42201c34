/** Numbers of the protocols that rules name (`util.inc`, `get_ipprotocols()`; FreeBSD's `/etc/protocols`). */
const numbers: ReadonlyMap<string, number> = new Map([
  ["icmp", 1],
  ["igmp", 2],
  ["ipencap", 4],
  ["tcp", 6],
  ["udp", 17],
  ["ipv6", 41],
  ["gre", 47],
  ["esp", 50],
  ["ah", 51],
  ["ipv6-icmp", 58],
  ["icmp6", 58],
  ["ospf", 89],
  ["etherip", 97],
  ["pim", 103],
  ["carp", 112],
  ["vrrp", 112],
  ["sctp", 132],
  ["pfsync", 240],
]);

export const icmp = 1;
export const tcp = 6;
export const udp = 17;
export const gre = 47;
export const icmpv6 = 58;
export const carp = 112;
export const ipv6InIpv4 = 41;

/** Those whose rules may name ports (`get_ipprotocols('portsonly')`). */
export const protocolsWithPorts: ReadonlySet<number> = new Set([tcp, udp, 132]);

/** Names for messages and for completion: what a query may say. */
export const protocolNames: readonly string[] = [...numbers.keys()];

/** The number of a protocol by its name or number; `icmp` of IPv6 addresses is ICMPv6. */
export function protocolNumber(name: string, family: 4 | 6): number | undefined {
  const word = name.toLowerCase();
  if (word === "icmp" && family === 6) return icmpv6;
  const known = numbers.get(word);
  if (known !== undefined) return known;
  return /^\d{1,3}$/.test(word) && Number(word) <= 255 ? Number(word) : undefined;
}
