import {
  type Address,
  contains,
  formatAddress,
  formatNetwork,
  network,
  parseAddress,
  range,
  sameAddress,
} from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";

/** What a secondary does not share with its primary. */
export interface NodeFacts {
  readonly hostname: string;
  /** By default the primary's. */
  readonly domain?: string;
  readonly interfaces: Readonly<Record<string, InterfaceFacts>>;
  /** 1 to 8 hexadecimal digits; by default the number behind the primary's. */
  readonly pfhostid?: string;
  /** bcrypt hash of the administrator's password; by default the primary's administrator. */
  readonly adminPasswordHash?: string;
}

export interface InterfaceFacts {
  /** `192.0.2.12/24`. */
  readonly address?: string;
  /** `2001:db8::12/64`. */
  readonly address6?: string;
  /** What the kernel calls it; by default as on the primary. */
  readonly device?: string;
}

/** What is wrong with the facts, and where: the path of a value, or of the mapping that lacks one. */
export interface FactProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Fields of an interface's facts, by family. */
export const addressFact = { 4: "address", 6: "address6" } as const;

/** Checks facts against the primary that they are to go with. */
export function* checkFacts(primary: Config, facts: NodeFacts): Iterable<FactProblem> {
  yield* checkName(primary, facts);
  for (const key of Object.keys(facts.interfaces)) {
    if (primary.interface(key)) continue;
    const known = primary.interfaces.map((one) => one.key).join(", ");
    yield { path: ["interfaces", key], message: `the primary has no interface ${key}; it has ${known}` };
  }
  for (const one of primary.interfaces) {
    for (const family of [4, 6] as const) yield* checkAddress(primary, one, family, facts);
    yield* checkDevice(primary, one, facts);
  }
  yield* checkTargets(primary, facts);
  const { hostId } = primary.hasync;
  if (facts.pfhostid !== undefined && Number.parseInt(facts.pfhostid, 16) === hostId.value) {
    yield { path: ["pfhostid"], message: `expected another number than the primary's, found ${facts.pfhostid}` };
  }
}

function* checkName({ system }: Config, { hostname, domain }: NodeFacts): Iterable<FactProblem> {
  const same = hostname === system.hostname.text && (domain ?? system.domain.text) === system.domain.text;
  if (same) yield { path: ["hostname"], message: `expected another name than the primary's, found ${hostname}` };
}

/** A VLAN must be one on both nodes: its entry is the primary's. */
function* checkDevice({ vlans }: Config, one: Interface, facts: NodeFacts): Iterable<FactProblem> {
  const device = facts.interfaces[one.key]?.device;
  if (device === undefined) return;
  const vlan = vlans.find(({ tree }) => tree.textOf("vlanif") === one.device.text);
  const tag = vlan?.tree.textOf("tag");
  const path = ["interfaces", one.key, "device"];
  if (tag !== undefined && !device.endsWith(`.${tag}`)) {
    yield {
      path,
      message: `expected a device of VLAN ${tag} as on the primary, such as ${one.device.text}, found ${device}`,
    };
  } else if (tag === undefined && device.includes(".")) {
    yield { path, message: `expected no VLAN, since the primary's ${one.device.text} is none, found ${device}` };
  }
}

function* checkAddress(primary: Config, one: Interface, family: 4 | 6, facts: NodeFacts): Iterable<FactProblem> {
  const theirs = one.addressOf(family);
  const bits = one.subnetField(family).value;
  const field = addressFact[family];
  const given = facts.interfaces[one.key]?.[field];
  const path = ["interfaces", one.key, field];
  if (!theirs || bits === undefined) {
    if (given !== undefined) yield { path, message: `expected nothing, since the primary has no static address here` };
    return;
  }
  const there = `${formatAddress(theirs)}/${bits}`;
  if (given === undefined) {
    const holder = facts.interfaces[one.key] ? ["interfaces", one.key] : ["interfaces"];
    const missing = facts.interfaces[one.key] ? field : one.key;
    yield { path: holder, message: `missing key ${missing}: the primary has ${there} on ${one.title}` };
    return;
  }
  const [text = "", length] = given.split("/");
  const address = parseAddress(text);
  const whole = network(theirs, bits);
  if (address?.family !== family || length === undefined) {
    yield {
      path,
      message: `expected an IPv${family} address with its prefix length, such as ${there}, found ${given}`,
    };
  } else if (length !== String(bits) || !contains(whole, address)) {
    yield { path, message: `expected an address in ${formatNetwork(whole)}, as on the primary, found ${given}` };
  } else {
    const reason = takenBy(primary, address, bits);
    if (reason !== undefined)
      yield { path, message: `expected an address of its own, found ${text}, which is ${reason}` };
  }
}

/** Why an address cannot be the secondary's; undefined if nothing speaks against it. */
export function takenBy(primary: Config, address: Address, bits: number): string | undefined {
  for (const one of primary.interfaces) {
    const own = one.addressOf(address.family);
    if (own && sameAddress(own, address)) return `the primary's on ${one.title}`;
  }
  const vip = primary.vips.find(({ subnet }) => subnet.value && sameAddress(subnet.value, address));
  if (vip) return vip.title;
  const gateway = primary.gateways.find(({ tree }) => {
    const other = parseAddress(tree.textOf("gateway"));
    return other !== undefined && sameAddress(other, address);
  });
  if (gateway) return `the gateway ${gateway.tree.textOf("name")}`;
  const { first, last } = range(network(address, bits));
  if (address.family === 4 && bits < 31 && (address.value === first || address.value === last)) {
    return "no address of a host";
  }
  return undefined;
}

/** Where the primary sends states and configuration, this node must be. */
function* checkTargets({ hasync, syncInterface, interfaces }: Config, facts: NodeFacts): Iterable<FactProblem> {
  const addressOf = (key: string, family: 4 | 6): Address | undefined =>
    parseAddress(facts.interfaces[key]?.[addressFact[family]]?.split("/")[0] ?? "");
  const peer = parseAddress(hasync.pfsyncPeer.text);
  if (peer && syncInterface) {
    const own = addressOf(syncInterface.key, peer.family);
    if (own && !sameAddress(own, peer)) {
      const path = ["interfaces", syncInterface.key, addressFact[peer.family]];
      yield {
        path,
        message: `expected ${formatAddress(peer)}, where the primary sends its states, found ${formatAddress(own)}`,
      };
      return;
    }
  }
  const target = hasync.targetAddress;
  const on = target && interfaces.find((one) => withNetwork(one, target));
  if (!target || !on) return;
  const own = addressOf(on.key, target.family);
  if (own && !sameAddress(own, target)) {
    const path = ["interfaces", on.key, addressFact[target.family]];
    yield {
      path,
      message: `expected ${formatAddress(target)}, where the primary sends its configuration, found ${formatAddress(own)}`,
    };
  }
}

function withNetwork(one: Interface, address: Address): boolean {
  const own = one.networkOf(address.family);
  return own !== undefined && contains(own, address);
}
