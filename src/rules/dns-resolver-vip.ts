import { formatAddress, parseAddress, sameAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { DnsServer } from "../model/dhcp.ts";
import { setText } from "../model/edit.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { Rule } from "./rule.ts";

const services = [
  { name: "resolver", title: "DNS Resolver" },
  { name: "forwarder", title: "DNS Forwarder" },
] as const;

export const dnsResolverVip: Rule = {
  id: "dns-resolver-vip",
  severity: "warning",
  summary: "The resolver listens on the VIPs that clients are told to ask.",
  fix: "unsafe",

  notApplicable: ({ primary }) =>
    services.some(({ name }) => primary[name].enable.on) ? undefined : "no resolver runs on the primary",

  *check({ primary }) {
    const running = services.filter(({ name }) => primary[name].enable.on);
    for (const { vip, server } of toldVips(primary)) {
      // Where both run they are on two ports, and one of them that listens is enough.
      const [first] = running;
      if (!first || running.some(({ name }) => listens(primary[name].listeningOn, vip))) continue;
      const { listening } = primary[first.name];
      yield {
        at: listening.at,
        message: `${first.title}: expected it to listen on ${vip.subnet.text}, which clients are told to ask, found ${listening.text}`,
        subject: vip.subject,
        related: [{ at: server.tree.at, message: "the DNS server that clients are told" }],
        fix: vip.uniqid.empty
          ? undefined
          : {
              title: `listen on ${vip.title} too`,
              safe: false,
              edits: [setText(listening, `${listening.text},${vip.reference}`)],
            },
        help: "give the VIP a uniqid and add it to what the service listens on, or let it listen on everything",
      };
    }
  },
};

/** VIPs of the primary that DHCP or router advertisements name as DNS server, each once. */
function toldVips(config: Config): Iterable<{ readonly vip: Vip; readonly server: DnsServer }> {
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
function listens(places: readonly string[], vip: Vip): boolean {
  const address = vip.subnet.value;
  return (
    places.length === 0 ||
    places.some((place) => {
      const written = parseAddress(place);
      return place === "all" || place === vip.reference || (written && address && sameAddress(written, address));
    })
  );
}
