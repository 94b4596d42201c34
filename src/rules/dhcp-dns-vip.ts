import type { Cluster } from "../cluster/cluster.ts";
import type { Related } from "../diagnostic.ts";
import { sameAddress } from "../model/address.ts";
import type { DhcpOptions, DnsServer } from "../model/dhcp.ts";
import { type DraftEdit, insert, remove, setText } from "../model/edit.ts";
import type { Span } from "../source.ts";
import { nodeAddress, onlyVipAddress, serversOnVips, withoutDhcp } from "./_dhcp.ts";
import type { Rule } from "./rule.ts";

export const dhcpDnsVip: Rule = {
  id: "dhcp-dns-vip",
  severity: "warning",
  summary: "DHCP clients get DNS servers that outlive one node.",
  fix: "unsafe",

  notApplicable: withoutDhcp,

  *check(cluster) {
    for (const server of serversOnVips(cluster)) {
      const vip = onlyVipAddress(cluster.primary, server.key);
      for (const options of server.options) {
        const fault = faultOf(cluster, options);
        if (!fault) continue;
        yield {
          at: fault.at,
          message: `${options.title}: expected a CARP VIP or both nodes as DNS server, found ${fault.found}`,
          subject: options.subject,
          related: fault.related,
          fix:
            vip === undefined
              ? undefined
              : { title: `hand out the CARP VIP, ${vip}`, safe: false, edits: [handOut(options, vip, fault.server)] },
          help: `hand out one of the CARP VIPs of ${server.key}`,
        };
      }
    }
  },
};

interface Fault {
  readonly at: Span;
  readonly found: string;
  readonly related: readonly Related[];
  /** The entry to replace; undefined if there is none. */
  readonly server: DnsServer | undefined;
}

function faultOf(cluster: Cluster, options: DhcpOptions): Fault | undefined {
  const { dnsServers } = options;
  const { resolver, forwarder } = cluster.primary;
  // Only the server as a whole names itself when nothing is written; pools and static mappings share its list.
  if (dnsServers.length === 0) {
    if (options.part !== "" || !(resolver.enable.on || forwarder.enable.on)) return undefined;
    return {
      at: options.at,
      found: "none, so that each node hands out its own address",
      related: [],
      server: undefined,
    };
  }
  for (const server of dnsServers) {
    const holder = server.address && nodeAddress(cluster, server.address);
    if (!holder) continue;
    const { counterpart } = holder;
    if (counterpart && dnsServers.some(({ address }) => address && sameAddress(address, counterpart))) continue;
    const related = [{ at: holder.at, message: holder.title }];
    return { at: server.tree.at, found: `${server.text}, ${holder.title}`, related, server };
  }
  return undefined;
}

/** A list names an address once. */
function handOut(options: DhcpOptions, vip: string, instead: DnsServer | undefined): DraftEdit {
  if (!instead) return insert(options.tree, { name: "dnsserver", value: vip });
  if (options.dnsServers.some(({ text }) => text === vip)) return remove(instead.tree);
  return setText({ name: "dnsserver", owner: options.tree, tree: instead.tree }, vip);
}
