import { type Decision, filterOf, type Packet } from "../behaviour/packet-filter/index.ts";
import type { Related } from "../diagnostic.ts";
import { formatAddress } from "../model/address.ts";
import { Config } from "../model/config.ts";
import { insert, insertBefore, type NewElement } from "../model/edit.ts";
import type { FilterRule } from "../model/filter.ts";
import type { Interface } from "../model/interfaces.ts";
import { withChild, withList } from "../model/make.ts";
import { MadeTree, type Tree } from "../model/tree.ts";
import type { Span } from "../source.ts";
import type { DraftFix, Problem } from "./rule.ts";

/** What one node of a pair sends to the other, and what lets it in. */
export interface Traffic {
  /** Who speaks: `pfsync`, `XMLRPC`, `Kea HA`. */
  readonly name: string;
  readonly packet: Packet;
  /** The interface of the receiver that it arrives on. */
  readonly entry: Interface;
}

/** Rules of pfSense's own that other rules of this linter speak about. */
const explained = new Set<Decision["automatic"]>(["private", "bogons", "link-local", "filter-off"]);

/** The decision of a node's packet filter that keeps traffic out; undefined if it passes, or if it cannot be told. */
export function blockage(config: Config, { packet }: Traffic): Decision | undefined {
  const decision = filterOf(config).decide(packet);
  return decision.verdict === "block" && !explained.has(decision.automatic) ? decision : undefined;
}

/** `pfsync from 10.0.0.1 to 10.0.0.2`, with the port where there is one. */
export function titleOf({ name, packet }: Traffic): string {
  const port = packet.port === undefined ? "" : ` port ${packet.port}`;
  return `${name} from ${formatAddress(packet.source)} to ${formatAddress(packet.destination)}${port}`;
}

/** A problem about traffic that a node keeps out, as its file stands. */
export function keptOut(config: Config, traffic: Traffic, decision: Decision, related: readonly Related[]): Problem {
  const { rule } = decision;
  return {
    at: placeOf(config, decision),
    message: `${titleOf(traffic)} on ${traffic.entry.title}: expected to pass, found ${outcome(decision)}`,
    subject: subjectOf(traffic),
    related: [...related, ...nearMisses(config, traffic, rule)],
    fix: opening(config, traffic, decision),
    help: help(traffic, decision),
  };
}

export const subjectOf = ({ name, entry }: Traffic): string =>
  `filter/${entry.key}/${name.toLowerCase().replaceAll(" ", "-")}`;

/** The rule that decides, or the section that holds no such rule. */
export const placeOf = (config: Config, { rule }: Decision): Span => rule?.at ?? config.tree.section("filter").at;

export function outcome({ rule, automatic, label }: Decision): string {
  if (rule) return `${rule.type.text === "reject" ? "rejected" : "blocked"} by ${rule.title}`;
  return automatic === "default-deny" ? "no rule that passes it" : `blocked by pfSense's own rule "${label}"`;
}

/** Rules that were meant to pass it and do not: disabled, left out, too late, or about other packets. */
function nearMisses(config: Config, { packet }: Traffic, deciding: FilterRule | undefined): readonly Related[] {
  const meant = config.rules.filter(
    (rule) => rule !== deciding && rule.interfaces.includes(packet.interface) && isFor(rule, packet.protocol),
  );
  return meant.slice(0, 2).map((rule) => ({
    at: rule.disabled.present ? rule.disabled.at : rule.at,
    message: `${rule.title} ${whyNot(config, rule, packet)}`,
  }));
}

function whyNot(config: Config, rule: FilterRule, packet: Packet): string {
  if (rule.disabled.present) return "is disabled";
  const filter = filterOf(config);
  const reason = filter.leftOut.find((entry) => entry.rule === rule)?.reason;
  if (reason !== undefined) return `is left out by pfSense: ${reason}`;
  return filter.isMatchedBy(rule, packet) === true ? "would pass it, and comes too late" : "is about other packets";
}

const isFor = (rule: FilterRule, protocol: string): boolean =>
  (rule.type.text === "pass" || rule.type.empty) && rule.protocol.text.toLowerCase().split("/").includes(protocol);

function help({ entry, packet }: Traffic, { rule }: Decision): string {
  const wanted = `a rule that passes ${packet.protocol} from and to the network of ${entry.title}`;
  return rule ? `put ${wanted} in front of ${rule.title}` : `add ${wanted}`;
}

/**
 * A pass rule behind the others of a node, or in front of the one that decides; none where it would not help, because
 * what decides comes earlier, or because the interface has no such network.
 * @param where the configuration in which it is to help: what a sync makes of the secondary, for a rule of the primary
 */
export function opening(
  config: Config,
  traffic: Traffic,
  { rule, automatic }: Decision,
  where: Config = config,
): DraftFix | undefined {
  if (rule ? rule.floating.present || rule.interface.text !== traffic.entry.key : automatic !== "default-deny") {
    return undefined;
  }
  const front = rule && config.rules.find(({ tree }) => tree === rule.tree);
  const element = symmetricRule(config, traffic);
  if (!helps(where, traffic, element, front?.tree)) return undefined;
  const { name, entry } = traffic;
  return {
    title: `add a rule that passes ${name} from and to the network of ${entry.title}`,
    safe: false,
    edits: [
      front
        ? insertBefore(front.tree, element)
        : insert(config.tree.section("filter"), element, config.rules.at(-1)?.tree),
    ],
  };
}

/** Whether a rule would let the packet in, where it would be added. */
function helps(config: Config, { packet }: Traffic, element: NewElement, front: Tree | undefined): boolean {
  const section = config.tree.section("filter");
  const rules = section.list("rule");
  const at = front ? rules.indexOf(front) : rules.length;
  const added = withList(section, "rule", [...rules.slice(0, at), made(element, section), ...rules.slice(at)]);
  const after = new Config(withChild(config.tree, added), config.dialect, config.source);
  return filterOf(after).decide(packet).verdict !== "block";
}

const made = ({ name, value }: NewElement, origin: Tree): Tree =>
  new MadeTree(name, typeof value === "string" ? value : value.map((child) => made(child, origin)), origin);

/**
 * From the sync network to the sync network, so that it still fits on the other node when it arrives there; to anywhere
 * where the packet goes to a multicast group.
 */
function symmetricRule(config: Config, { name, packet, entry }: Traffic): NewElement {
  const network: NewElement = { name: "network", value: entry.key };
  const port: readonly NewElement[] = packet.port === undefined ? [] : [{ name: "port", value: String(packet.port) }];
  const multicast = packet.destination.family === 4 && packet.destination.value >> 28n === 14n;
  return {
    name: "rule",
    value: [
      { name: "id", value: "" },
      { name: "tracker", value: String(freeTracker(config, packet)) },
      { name: "type", value: "pass" },
      { name: "interface", value: entry.key },
      { name: "ipprotocol", value: packet.source.family === 4 ? "inet" : "inet6" },
      { name: "protocol", value: packet.protocol },
      { name: "source", value: [network] },
      { name: "destination", value: [multicast ? { name: "any", value: "" } : network, ...port] },
      { name: "descr", value: `Allow ${name} between the nodes` },
    ],
  };
}

/** The GUI uses the time in seconds, which only has to be unique; the port keeps rules apart that are added together. */
function freeTracker({ rules }: Config, { port = 0 }: Packet): number {
  const used = rules.map((rule) => Number(rule.tracker.text)).filter(Number.isSafeInteger);
  return Math.max(1_700_000_000, ...used) + 1 + port;
}
