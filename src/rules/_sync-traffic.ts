import type { Cluster } from "../cluster/cluster.ts";
import { type Address, contains, parseAddress, pfsyncGroup } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import type { KeaService } from "../model/kea.ts";
import { blockage, type Traffic } from "./_pass.ts";

/**
 * The pfsync packets that a node gets from the other; undefined if their addresses are not in the files. A sender without
 * a peer address sends them to a multicast group (`interfaces.inc`, `interfaces_sync_setup()`).
 */
export function pfsyncTraffic(receiver: Config, sender: Config): Traffic | undefined {
  const entry = receiver.syncInterface;
  const peer = parseAddress(sender.hasync.pfsyncPeer.text);
  const family = peer?.family ?? 4;
  const source = sender.syncInterface?.addressOf(family);
  const own = entry?.addressOf(family);
  if (!entry || !source || !own) return undefined;
  const network = entry.networkOf(family);
  // Sync interfaces in two networks are for pfsync-subnet-match, pfsync-interface-match or interface-order-match.
  if (family === 4 && !(network && contains(network, source))) return undefined;
  const destination = peer ? own : pfsyncGroup;
  return {
    name: "pfsync",
    entry,
    packet: { interface: entry.key, direction: "in", protocol: "pfsync", source, destination },
  };
}

/**
 * Whether a node's pfsync packets are kept out because they go to the multicast group, and would pass if it named the
 * other node. The rule filter-pfsync-pass then asks for the name.
 */
export function needsPeer(receiver: Config, sender: Config): boolean {
  const traffic = sender.hasync.pfsyncPeer.empty ? pfsyncTraffic(receiver, sender) : undefined;
  const destination = traffic?.entry.addressOf(4);
  if (!traffic || !destination || !blockage(receiver, traffic)) return false;
  return !blockage(receiver, { ...traffic, packet: { ...traffic.packet, destination } });
}

/**
 * The XMLRPC connection that the secondary gets from the primary, on the port of the primary's own web GUI
 * (`xmlrpc_client.inc`); undefined if the target is no address of the secondary, or the primary has none beside it.
 */
export function xmlrpcTraffic({ primary, secondary }: Cluster): Traffic | undefined {
  const target = primary.hasync.targetAddress;
  const entry = target && interfaceAt(secondary, target);
  const source = target && entry && addressBeside(primary, entry, target);
  if (!target || !entry || !source) return undefined;
  return connection("XMLRPC", entry, source, target, primary.system.webGui.dialled.port);
}

/** The connection that Kea makes to its partner, where both have high availability on and addresses that fit. */
export function keaTraffic(receiver: Config, sender: Config, service: KeaService): Traffic | undefined {
  const [own, theirs] = [receiver.keaHa(service), sender.keaHa(service)];
  const destination = own.localAddress.value;
  const source = theirs.localAddress.value;
  const entry = destination && receiver.interfaceWith(destination);
  if (!own.enable.on || !theirs.enable.on || !entry || !source) return undefined;
  return connection("Kea HA", entry, source, destination, own.effectiveLocalPort);
}

/** The same connection the other way round, as the sender would get it on its interface of the same key. */
export function answerTo(sender: Config, { name, entry, packet }: Traffic): Traffic | undefined {
  const own = sender.interface(entry.key);
  return own?.enabled ? connection(name, own, packet.destination, packet.source, packet.port ?? 0) : undefined;
}

/** A TCP connection that arrives on an interface. */
export function connection(
  name: string,
  entry: Interface,
  source: Address,
  destination: Address,
  port: number,
): Traffic {
  return { name, entry, packet: { interface: entry.key, direction: "in", protocol: "tcp", source, destination, port } };
}

/** The enabled interface that an address is on: its own, or that of a VIP. */
function interfaceAt(config: Config, address: Address): Interface | undefined {
  const own = config.interfaceWith(address);
  if (own) return own;
  const vip = config.vipWith(address);
  const entry = vip && (vip.isAlias || vip.isCarp) ? config.interface(config.interfaceOf(vip)) : undefined;
  return entry?.enabled ? entry : undefined;
}

/** The address that a node uses towards another one in a network of its own, first on the interface of the same key. */
function addressBeside(config: Config, { key }: Interface, other: Address): Address | undefined {
  const first = config.interface(key);
  for (const entry of first ? [first, ...config.interfaces] : config.interfaces) {
    const own = entry.enabled ? entry.networkOf(other.family) : undefined;
    if (own && contains(own, other)) return entry.addressOf(other.family);
  }
  return undefined;
}
