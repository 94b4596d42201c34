import type { Config } from "../../model/config.ts";
import type { FilterRule } from "../../model/filter.ts";
import { type EndReader, isMissing } from "./ends.ts";
import type { Links } from "./links.ts";
import type { PfRule } from "./pf-rule.ts";
import { protocolNumber, protocolsWithPorts, tcp, udp } from "./protocols.ts";
import { scheduleState } from "./schedules.ts";

/** A rule that is in the file and not in pf, and why. */
export interface LeftOut {
  readonly rule: FilterRule;
  /** A phrase: `there is no alias web for its destination`. */
  readonly reason: string;
}

/** Config version of 2.5.2, from which on a floating rule with none of its interfaces enabled is ignored. */
const ignoresLostInterfaces = 21.7;

/** A rule of the file, with what decides where it stands and whom it can concern. */
interface Placed {
  readonly rule: FilterRule;
  readonly floating: boolean;
  readonly interface: string;
}

/** What became of a rule: as many rules of pf as it has families, or why there is none. */
interface Compiled {
  readonly rules: readonly PfRule[];
  readonly leftOut: string | undefined;
}

/**
 * `filter/rule` in pf's order (`filter.inc`, `filter_rules_generate()`, `filter_generate_user_rule()`). A rule is compiled
 * when a packet first comes its way: of thousands of rules, a question about one interface needs a few.
 */
export class UserRules {
  readonly #compiler: Compiler;
  readonly #placed: readonly Placed[];
  readonly #compiled = new Map<FilterRule, Compiled>();

  constructor(config: Config, links: Links, ends: EndReader) {
    this.#compiler = new Compiler(config, links, ends);
    this.#placed = inOrder(config, links);
  }

  /** The rules for packets on interfaces and groups of these names, in order. */
  on(names: ReadonlySet<string>): readonly PfRule[] {
    const near = this.#placed.filter((placed) => placed.floating || names.has(placed.interface));
    return near.flatMap(({ rule }) => this.#compile(rule).rules);
  }

  /** Rules of the file that pf does not get, and why. */
  get leftOut(): readonly LeftOut[] {
    return this.#placed.flatMap(({ rule }) => {
      const reason = this.#compile(rule).leftOut;
      return reason === undefined ? [] : [{ rule, reason }];
    });
  }

  #compile(rule: FilterRule): Compiled {
    let compiled = this.#compiled.get(rule);
    if (!compiled) {
      compiled = this.#compiler.compileFamilies(rule);
      this.#compiled.set(rule, compiled);
    }
    return compiled;
  }
}

/**
 * Floating rules come first, then those of groups and pseudo interfaces, then those of interfaces; newer releases take
 * the groups in their own order (`get_filter_rules_map()`). Disabled rules and separators are left out.
 */
function inOrder(config: Config, links: Links): readonly Placed[] {
  const groups = new Map(config.interfaceGroups.map((group, i) => [group.name.text, i]));
  const rankOf = (placed: Placed): number => {
    if (placed.floating) return 0;
    if (links.pseudo.has(placed.interface)) return 1;
    const group = groups.get(placed.interface);
    if (group === undefined) return Number.MAX_SAFE_INTEGER;
    return config.isAfter27 ? 2 + group : 1;
  };
  const byRank = new Map<number, Placed[]>();
  for (const rule of config.rules) {
    const { tree } = rule;
    if (tree.has("disabled") || tree.has("separator")) continue;
    const placed = { rule, floating: tree.has("floating"), interface: tree.textOf("interface") };
    const rank = rankOf(placed);
    const sameRank = byRank.get(rank);
    if (sameRank) sameRank.push(placed);
    else byRank.set(rank, [placed]);
  }
  return [...byRank].sort(([a], [b]) => a - b).flatMap(([, placed]) => placed);
}

const familiesOf = (rule: FilterRule): readonly (4 | 6)[] =>
  rule.family.text === "inet46" ? [4, 6] : rule.family.text === "inet6" ? [6] : [4];

class Compiler {
  readonly #config: Config;
  readonly #links: Links;
  readonly #ends: EndReader;
  readonly #schedules: ReadonlyMap<string, ReturnType<typeof scheduleState>>;

  constructor(config: Config, links: Links, ends: EndReader) {
    this.#config = config;
    this.#links = links;
    this.#ends = ends;
    const schedules = config.tree.section("schedules").list("schedule");
    this.#schedules = new Map(schedules.map((tree) => [tree.textOf("name"), scheduleState(tree)]));
  }

  compileFamilies(rule: FilterRule): Compiled {
    const results = familiesOf(rule).map((family) => this.#compile(rule, family));
    const rules = results.filter((result) => typeof result !== "string");
    if (rules.length > 0) return { rules: asksForMore(rule) ? [] : rules, leftOut: undefined };
    return { rules, leftOut: [...new Set(results)].join(", and ") };
  }

  /** The rule for one family, or why it is left out. */
  #compile(rule: FilterRule, family: 4 | 6): PfRule | string {
    const on = this.#interfaces(rule);
    if (typeof on === "string") return on;
    const source = this.#ends.addresses(rule.source, family, "source");
    if (isMissing(source)) return source.missing;
    const destination = this.#ends.addresses(rule.destination, family, "destination");
    if (isMissing(destination)) return destination.missing;
    const protocols = protocolsOf(rule, family);
    if (typeof protocols === "string") return protocols;
    const named = rule.protocol.text !== "" && protocols !== undefined;
    const hasPorts = named && [...protocols].every((number) => protocolsWithPorts.has(number));
    const sourcePorts = this.#ends.ports(hasPorts ? rule.source.portText.text : "", "source");
    if (isMissing(sourcePorts)) return sourcePorts.missing;
    const ports = this.#ends.ports(hasPorts ? rule.destination.portText.text : "", "destination");
    if (isMissing(ports)) return ports.missing;
    const schedule = this.#schedules.get(rule.schedule.text);
    if (schedule === "never") return `its schedule ${rule.schedule.text} is never on`;
    const gateway = this.#gateway(rule);
    if (gateway.missing !== undefined) return gateway.missing;
    return {
      action: actionOf(rule),
      quick: !rule.floating.present || rule.quick.present,
      direction: directionOf(rule),
      on: on.names,
      family,
      protocols,
      source: source.value,
      destination: destination.value,
      sourcePorts: sourcePorts.value,
      ports: ports.value,
      ...(rule.protocol.text === "icmp" && { icmpTypes: icmpTypesOf(rule, family) }),
      ...(!rule.tagged.empty && { tagged: { tag: rule.tagged.text, not: rule.notTagged.present } }),
      ...(!rule.tag.empty && { tag: rule.tag.text }),
      doubt:
        schedule === "sometimes" ? `schedule ${rule.schedule.text} is not always on` : (gateway.doubt ?? doubtOf(rule)),
      origin: rule,
    };
  }

  /** Where the rule applies; undefined names mean everywhere. */
  #interfaces(rule: FilterRule): { readonly names: ReadonlySet<string> | undefined } | string {
    const name = rule.interface.text;
    if (!rule.floating.present) {
      return this.#links.has(name) ? { names: new Set([name]) } : `${name || "its interface"} is no enabled interface`;
    }
    if (name === "" || name === "any") return { names: undefined };
    const enabled = rule.interfaces.filter((word) => this.#links.has(word));
    if (enabled.length > 0) return { names: new Set(enabled) };
    return this.#config.dialect.version < ignoresLostInterfaces
      ? { names: undefined }
      : `none of its interfaces ${rule.interfaces.join(", ")} is enabled`;
  }

  /** A pass rule through a gateway that is not there is dropped where the administrator asked for that. */
  #gateway(rule: FilterRule): { readonly missing?: string; readonly doubt?: string } {
    const name = rule.gateway.text;
    if (name === "" || actionOf(rule) !== "pass" || !this.#config.system.skipsRulesOfDeadGateways.on) return {};
    const { gateways, gatewayGroups, interfaces } = this.#config;
    const known = [...gateways, ...gatewayGroups].some((entry) => entry.name.text === name);
    if (known || interfaces.some((entry) => entry.isDynamic(4) || entry.isDynamic(6))) {
      return { doubt: `gateway ${name} may be down` };
    }
    return { missing: `there is no gateway ${name}` };
  }
}

/** `reject` blocks with an answer; anything unknown passes, as in older rules. */
function actionOf(rule: FilterRule): PfRule["action"] {
  const { text } = rule.type;
  if (text === "block" || text === "reject") return "block";
  return text === "match" ? "match" : "pass";
}

/** Only floating rules that say exactly `yes` have a direction of their own. */
function directionOf(rule: FilterRule): "in" | "out" | undefined {
  if (rule.floating.text !== "yes") return "in";
  const { text } = rule.direction;
  return text === "in" || text === "out" ? text : undefined;
}

/** The protocols of a rule; without one, a port makes it TCP, and is itself forgotten (`filter_generate_port()`). */
function protocolsOf(rule: FilterRule, family: 4 | 6): ReadonlySet<number> | undefined | string {
  const text = rule.protocol.text.toLowerCase();
  if (text === "") {
    return rule.source.portText.empty && rule.destination.portText.empty ? undefined : new Set([tcp]);
  }
  if (text === "any") return undefined;
  if (text === "tcp/udp") return new Set([tcp, udp]);
  const number = protocolNumber(text, family);
  return number === undefined ? `pf knows no protocol ${text}` : new Set([number]);
}

/** Types that a ping is among, by family; other types never match one. */
function icmpTypesOf(rule: FilterRule, family: 4 | 6): ReadonlySet<number> | undefined {
  const types = rule.icmpTypes;
  if (types.length === 0 || types.includes("any")) return undefined;
  return new Set(types.includes("echoreq") ? [family === 4 ? 8 : 128] : []);
}

/** Whether a rule asks for what the packets of a trace are without: a DSCP, or TCP flags other than those of a SYN. */
function asksForMore(rule: FilterRule): boolean {
  const dscp = rule.tree.textOf("dscp");
  if (dscp !== "" && dscp !== "0") return true;
  if (rule.protocol.text !== "tcp" || rule.tree.has("tcpflags_any")) return false;
  const considered = rule.words("tcpflags2");
  const wanted = rule.words("tcpflags1");
  if (considered.length === 0) return false;
  return wanted.some((flag) => flag !== "syn") || (considered.includes("syn") && !wanted.includes("syn"));
}

/** What a rule asks that is not told about a packet. */
function doubtOf(rule: FilterRule): string | undefined {
  const protocol = rule.protocol.text;
  if (protocol === "tcp" && rule.tree.textOf("os") !== "") return "the rule asks for an operating system";
  const priority = rule.tree.textOf("vlanprio");
  if (priority !== "" && priority !== "none") return "the rule asks for a VLAN priority";
  return undefined;
}
