import { keyValue, type Line, type Placed, parseSections, part } from "../../parser/sections.ts";
import type { Source, Span } from "../../source.ts";
import { type Address, contains, type Network, parseNetwork } from "../address.ts";

/** A rule of a firewall file, such as `IN ACCEPT -p carp -i net0`. Disabled ones are left out. */
export interface FirewallRule {
  readonly direction: string;
  readonly action: string;
  /** Options without their dashes, such as `p`, `i`, `source`. */
  readonly options: ReadonlyMap<string, string>;
  readonly at: Span;
}

/** A set of addresses, `[IPSET name]`. */
export interface IpSet {
  readonly name: string;
  readonly at: Span;
  readonly networks: readonly Network[];
  /** Names of aliases and other things that the file alone does not tell. */
  readonly unknown: boolean;
}

/** `cluster.fw` or `NNN.fw` (pve-firewall). */
export interface FirewallFile {
  readonly source: Source;
  /** Number of the guest, from the file's name; empty for `cluster.fw` and `host.fw`. */
  readonly id: string;
  readonly options: ReadonlyMap<string, Placed>;
  readonly rules: readonly FirewallRule[];
  readonly ipSets: readonly IpSet[];
  readonly faults: readonly Line[];
  /** `[OPTIONS]`, else the beginning of the file. */
  readonly at: Span;
}

export function readFirewall(source: Source): FirewallFile {
  const options = new Map<string, Placed>();
  const rules: FirewallRule[] = [];
  const ipSets: IpSet[] = [];
  const faults: Line[] = [];
  let at = source.span(0, 0);
  for (const section of parseSections(source)) {
    const name = section.name.toLowerCase();
    if (name === "options") at = section.at;
    if (name.startsWith("ipset ")) ipSets.push(readIpSet(section.name.slice(6).trim(), section.at, section.lines));
    for (const line of section.lines) {
      if (name === "options") {
        const entry = keyValue(line);
        if (entry) options.set(entry.key.text.toLowerCase(), entry.value);
        else faults.push(line);
      } else if (name === "rules") {
        const rule = readRule(line);
        if (rule) rules.push(rule);
        else if (!line.text.startsWith("|")) faults.push(line);
      } else if (name === "") faults.push(line);
    }
  }
  return { source, id: /(\d+)\.fw$/.exec(source.path)?.[1] ?? "", options, rules, ipSets, faults, at };
}

/** On unless it says otherwise is not the rule here: an option that is not there has the default that the caller names. */
export function optionOn({ options }: FirewallFile, name: string, otherwise: boolean): boolean {
  const text = options.get(name)?.text;
  return text === undefined ? otherwise : /^(?:1|on|yes|true)$/i.test(text);
}

function readRule(line: Line): FirewallRule | undefined {
  const words = line.text.replace(/\s+#.*$/, "").split(/\s+/);
  const [direction = "", action = ""] = words;
  if (!/^(?:in|out|forward|group)$/i.test(direction) || action === "") return undefined;
  const options = new Map<string, string>();
  for (let i = 2; i < words.length; i += 2) options.set((words[i] ?? "").replace(/^-+/, ""), words[i + 1] ?? "");
  return { direction: direction.toUpperCase(), action, options, at: part(line, 0, line.text.length).at };
}

function readIpSet(name: string, at: Span, lines: readonly Line[]): IpSet {
  const members = lines.map(({ text }) => text.replace(/\s*#.*$/, "").trim()).filter((text) => !text.startsWith("!"));
  const networks = members.map(parseNetwork).filter((network) => network !== undefined);
  return { name, at, networks, unknown: networks.length < members.length };
}

export const ipSetHolds = (set: IpSet, address: Address): boolean =>
  set.networks.some((network) => contains(network, address));

/**
 * Whether a guest's firewall accepts what comes in on a card, by its policy and rules; undefined where a security group,
 * whose rules are elsewhere, may decide.
 * @param protocols what a rule may call it: names and the number
 */
export function acceptsIncoming(
  { options, rules }: FirewallFile,
  nic: string,
  protocols: readonly string[],
): boolean | undefined {
  if ((options.get("policy_in")?.text ?? "DROP").toUpperCase() === "ACCEPT") return true;
  const own = rules.filter((rule) => [undefined, nic].includes(rule.options.get("i") ?? rule.options.get("iface")));
  if (own.some(({ direction }) => direction === "GROUP")) return undefined;
  return own.some((rule) => {
    const protocol = (rule.options.get("p") ?? rule.options.get("proto"))?.toLowerCase();
    const accepts = rule.direction === "IN" && rule.action.toUpperCase() === "ACCEPT";
    return accepts && (protocol === undefined || protocols.includes(protocol));
  });
}

/** What rules of a firewall may call CARP, which has VRRP's number. */
export const carpProtocol: readonly string[] = ["112", "vrrp", "carp"];
export const pfsyncProtocol: readonly string[] = ["240", "pfsync"];
