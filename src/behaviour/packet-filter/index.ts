import type { Config } from "../../model/config.ts";
import type { FilterRule } from "../../model/filter.ts";
import { AliasBook } from "./aliases.ts";
import { type Answer, anyOf, isDoubt } from "./answer.ts";
import { lateRules } from "./automatic-late.ts";
import { automaticRules } from "./automatic-rules.ts";
import { type Decision, decisionOf, filterOff, nowhere, type Outcome } from "./decision.ts";
import { EndReader } from "./ends.ts";
import { Links } from "./links.ts";
import { type Flow, flowOf, type Packet } from "./packet.ts";
import { concerns, matches, type PfRule, Tags } from "./pf-rule.ts";
import { type LeftOut, UserRules } from "./user-rules.ts";

export type { Decision } from "./decision.ts";
export type { Packet } from "./packet.ts";
export type { AutomaticKind } from "./pf-rule.ts";
export type { LeftOut } from "./user-rules.ts";

/**
 * What pf does on one node with the rules that pfSense generates from its configuration. Rules are compiled once, and
 * only when a packet comes their way.
 */
export class PacketFilter {
  readonly #config: Config;
  readonly #links: Links;
  readonly #early: readonly PfRule[];
  readonly #user: UserRules;
  readonly #late: readonly PfRule[];
  readonly aliases: AliasBook;
  readonly #candidates = new Map<string, readonly PfRule[]>();

  constructor(config: Config) {
    this.#config = config;
    this.#links = new Links(config);
    this.aliases = new AliasBook(config);
    this.#early = [...automaticRules(config, this.#links)];
    this.#user = new UserRules(config, this.#links, new EndReader(config, this.#links, this.aliases));
    this.#late = [...lateRules(config, this.#links)];
  }

  /** Rules of the file that pf does not get, and why. Disabled ones are not among them. */
  get leftOut(): readonly LeftOut[] {
    return this.#user.leftOut;
  }

  /** Whether packets can be on an interface: it is enabled, or a pseudo interface in use. */
  hasInterface(key: string): boolean {
    return this.#links.namesOf(key) !== undefined;
  }

  /** Whether a rule on a name is loaded: an enabled interface, a group, or a pseudo interface in use. */
  knowsInterface(name: string): boolean {
    return this.#links.has(name);
  }

  /** Which rule decides about the first packet of a connection, and what it decides. */
  decide(packet: Packet): Decision {
    if (this.#config.system.filterDisabled.on) return filterOff(this.#config.system.filterDisabled.at);
    const flow = flowOf(packet);
    const names = this.#links.namesOf(packet.interface);
    if (!names) return nowhere(`${packet.interface} is no enabled interface of this node`);
    if (!flow) return nowhere(`no packet has protocol ${packet.protocol} and these addresses`);
    return decisionOf(this.#outcomes(flow, names));
  }

  /** Whether one rule of the file matches a packet, were it the only one; false for a rule that pf does not get. */
  isMatchedBy(rule: FilterRule, packet: Packet): Answer {
    const flow = flowOf(packet);
    const names = this.#links.namesOf(packet.interface);
    if (!flow || !names) return false;
    const compiled = this.#concerning(flow, names).filter(({ origin }) => origin === rule);
    return anyOf(compiled, (one) => matches(one, flow, new Tags()));
  }

  /**
   * The rules that may decide: the last match, or the first quick one. A doubtful match leaves both ways open, so there
   * may be several.
   */
  #outcomes(flow: Flow, names: ReadonlySet<string>): readonly Outcome[] {
    const tags = new Tags();
    const final: Outcome[] = [];
    let standing: readonly Outcome[] = [];
    for (const rule of this.#concerning(flow, names)) {
      const match = matches(rule, flow, tags);
      if (match === false) continue;
      if (rule.tag !== undefined) tags.set(rule.tag, match);
      if (rule.action === "match") continue;
      const outcome = { rule, doubt: isDoubt(match) ? match : undefined };
      if (!rule.quick) standing = match === true ? [outcome] : [...standing, outcome];
      else if (match === true) return [...final, outcome];
      else final.push(outcome);
    }
    return [...final, ...standing];
  }

  /** The rules for packets of one kind to one port, in order; packets of one trace are often of a few kinds. */
  #concerning(flow: Flow, names: ReadonlySet<string>): readonly PfRule[] {
    const kind = `${flow.interface}/${flow.direction}/${flow.family}/${flow.protocol}`;
    const all = this.#listed(kind, () => this.#on(names).filter((rule) => concerns(rule, flow, names)));
    if (flow.port === undefined) return all;
    return this.#listed(`${kind}/${flow.port}`, () => all.filter(({ ports }) => ports?.has(flow.port) !== false));
  }

  #on(names: ReadonlySet<string>): readonly PfRule[] {
    return [...this.#early, ...this.#user.on(names), ...this.#late];
  }

  #listed(key: string, make: () => readonly PfRule[]): readonly PfRule[] {
    let rules = this.#candidates.get(key);
    if (!rules) {
      rules = make();
      this.#candidates.set(key, rules);
    }
    return rules;
  }
}

const filters = new WeakMap<Config, PacketFilter>();

/** The packet filter of a node, compiled when first asked for. */
export function filterOf(config: Config): PacketFilter {
  let filter = filters.get(config);
  if (!filter) {
    filter = new PacketFilter(config);
    filters.set(config, filter);
  }
  return filter;
}
