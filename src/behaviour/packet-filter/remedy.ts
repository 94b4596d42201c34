import { type Address, contains, formatAddress } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import type { FilterRule } from "../../model/filter.ts";
import type { Decision } from "./decision.ts";
import { filterOf } from "./index.ts";
import type { Packet } from "./packet.ts";

/** What would let a blocked packet pass, and where in the GUI: a verb first, no full stop. */
export function remedyFor(config: Config, packet: Packet, { rule, automatic }: Decision): string | undefined {
  const tab = tabOf(config, packet.interface);
  if (rule) return besides(config, packet, rule);
  const interfaces = `Interfaces > ${tab}`;
  switch (automatic) {
    case "default-deny":
    case "antispoof":
      return `add ${ruleFor(config, packet)} in Firewall > Rules > ${tab}${leftOutOn(config, packet)}`;
    case "private":
      return `untick "Block private networks and loopback addresses" in ${interfaces}; no rule can pass what it blocks`;
    case "bogons":
      return `untick "Block bogon networks" in ${interfaces}; no rule can pass what it blocks`;
    case "no-ipv6":
      return "tick Allow IPv6 in System > Advanced > Networking, and add a rule";
    case "link-local":
      return "use addresses outside 169.254.0.0/16, or add <no_apipa_block></no_apipa_block> to <system>";
    case "carp-self":
      return `give each node an address of its own in ${interfaces}: ${formatAddress(packet.source)} is also this node's`;
    default:
      return undefined;
  }
}

/** A rule that has to come before the one that blocks. */
function besides(config: Config, packet: Packet, rule: FilterRule): string {
  const wanted = ruleFor(config, packet);
  if (rule.floating.present) {
    return `put ${wanted}, with Quick, above ${rule.title} in Firewall > Rules > Floating, or change that rule`;
  }
  return `put ${wanted} above ${rule.title} in Firewall > Rules > ${tabOf(config, rule.interface.text)}, or change that rule`;
}

/** `a rule that passes TCP from SYNC net to 10.0.0.1 port 443`. */
function ruleFor(config: Config, packet: Packet): string {
  const port = packet.port === undefined ? "" : ` port ${packet.port}`;
  const from = placeName(config, packet.interface, packet.source);
  const to = placeName(config, packet.interface, packet.destination);
  return `a rule that passes ${packet.protocol.toUpperCase()} from ${from} to ${to}${port}`;
}

function placeName(config: Config, key: string, address: Address): string {
  const entry = config.interface(key);
  const network = entry?.networkOf(address.family);
  const text = formatAddress(address);
  return entry && network && contains(network, address) ? `${text} (or ${entry.label} net)` : text;
}

/** The name of a tab of rules. */
function tabOf(config: Config, name: string): string {
  return (
    { openvpn: "OpenVPN", enc0: "IPsec", l2tp: "L2TP VPN", pppoe: "PPPoE Server" }[name] ??
    config.interface(name)?.label ??
    name
  );
}

/** A rule of that tab that pfSense leaves out may be the one that was meant. */
function leftOutOn(config: Config, packet: Packet): string {
  const found = filterOf(config).leftOut.find(
    ({ rule }) => rule.interfaces.includes(packet.interface) && rule.type.text !== "block",
  );
  return found ? `; ${found.rule.title} is left out by pfSense: ${found.reason}` : "";
}
