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

export interface UserRules {
  readonly rules: readonly PfRule[];
  readonly leftOut: readonly LeftOut[];
}

/** Config version of 2.5.2, from which on a floating rule with none of its interfaces enabled is ignored. */
const ignoresLostInterfaces = 21.7;

/** Compiles `filter/rule` in pf's order (`filter.inc`, `filter_rules_generate()`, `filter_generate_user_rule()`). */
export function compileUserRules(config: Config, links: Links, ends: EndReader): UserRules {
  const compiler = new Compiler(config, links, ends);
  const rules: PfRule[] = [];
  const leftOut: LeftOut[] = [];
  for (const rule of inOrder(config, links)) {
    if (rule.disabled.present || rule.tree.has("separator")) continue;
    const reasons = new Set<string>();
    let loaded = false;
    for (const family of familiesOf(rule)) {
      const compiled = compiler.compile(rule, family);
      if (typeof compiled === "string") reasons.add(compiled);
      else {
        if (!asksForMore(rule)) rules.push(compiled);
        loaded = true;
      }
    }
    if (!loaded) leftOut.push({ rule, reason: [...reasons].join(", and ") });
  }
  return { rules, leftOut };
}

/**
 * Floating rules come first, then those of groups and pseudo interfaces, then those of interfaces; newer releases take
 * the groups in their own order (`get_filter_rules_map()`).
 */
function inOrder(config: Config, links: Links): readonly FilterRule[] {
  const groups = new Map(config.interfaceGroups.map((group, i) => [group.name.text, i]));
  const rank = (rule: FilterRule): number => {
    if (rule.floating.present) return 0;
    const name = rule.interface.text;
    if (links.pseudo.has(name)) return 1;
    const group = groups.get(name);
    if (group === undefined) return Number.MAX_SAFE_INTEGER;
    return config.isAfter27 ? 2 + group : 1;
  };
  return config.rules
    .map((rule) => ({ rule, rank: rank(rule) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ rule }) => rule);
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

  /** The rule for one family, or why it is left out. */
  compile(rule: FilterRule, family: 4 | 6): PfRule | string {
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
