import { formatAddress, parseAddress, sameAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { DnsServer } from "../model/dhcp.ts";
import type { Vip } from "../model/virtual-ips.ts";

/** VIPs of a node that DHCP or router advertisements name as DNS server, each once. */
export function toldVips(config: Config): Iterable<{ readonly vip: Vip; readonly server: DnsServer }> {
  const found = new Map<string, { vip: Vip; server: DnsServer }>();
  for (const server of toldServers(config)) {
    const vip = server.address && config.vipWith(server.address);
    if (!server.address || !vip || !(vip.isCarp || vip.isAlias)) continue;
    const key = formatAddress(server.address);
    if (!found.has(key)) found.set(key, { vip, server });
  }
  return found.values();
}

function toldServers(config: Config): readonly DnsServer[] {
  const dhcp = config.dhcpServers.filter(({ key }) => config.servesDhcp(key)).flatMap(({ options }) => options);
  const six = config.dhcpv6Servers.filter(({ key }) => config.interface(key)?.enabled);
  return [
    ...dhcp.flatMap(({ dnsServers }) => dnsServers),
    ...six.filter(({ enable }) => enable.on).flatMap(({ dnsServers }) => dnsServers),
    ...six.filter(({ advertises }) => advertises).flatMap(({ raDnsServers }) => raDnsServers),
  ];
}

/** Whether a list of places to listen on holds a VIP: none, and `all` among them, mean everything. */
export function listens(places: readonly string[], vip: Vip): boolean {
  const address = vip.subnet.value;
  return (
    places.length === 0 ||
    places.some((place) => {
      const written = parseAddress(place);
      return place === "all" || place === vip.reference || (written && address && sameAddress(written, address));
    })
  );
}
