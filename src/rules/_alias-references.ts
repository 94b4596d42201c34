import { filterOf } from "../behaviour/packet-filter/index.ts";
import { parseNetwork } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import { FilterRule } from "../model/filter.ts";
import type { OutboundRule, PortForward } from "../model/nat.ts";
import { readPortRange } from "../model/port-names.ts";
import type { Tree } from "../model/tree.ts";
import type { Span } from "../source.ts";
import { translating } from "./_nat.ts";

/** What stands in a rule: an address or an alias, the word for a network of the node, a port or an alias. */
type Kind = "address" | "network" | "port";

/** The rule that a name stands in. */
type Owner = FilterRule | PortForward | OutboundRule;

/** A place in a rule where a name may stand: that of an alias, an interface, a service. There are thousands. */
export class NamePlace {
  readonly kind: Kind;
  readonly text: string;
  readonly rule: Owner;
  /** The box that its section travels with. */
  readonly box: "rules" | "nat";
  readonly #parent: Tree;
  readonly #name: string;

  constructor(kind: Kind, rule: Owner, parent: Tree, name: string = kind) {
    this.kind = kind;
    this.rule = rule;
    this.box = rule instanceof FilterRule ? "rules" : "nat";
    this.text = parent.textOf(name);
    this.#parent = parent;
    this.#name = name;
  }

  get at(): Span {
    return this.#parent.section(this.#name).at;
  }

  /** Whether XMLRPC sync carries the rule when the box is on. */
  get travels(): boolean {
    return !this.rule.tree.has("nosync");
  }
}

/** All names in enabled filter rules, port forwards and outbound NAT rules, in the order of the file. */
export function* namePlaces(config: Config): Iterable<NamePlace> {
  for (const forward of config.portForwards) if (!forward.disabled.on) yield* inForward(forward);
  for (const rule of translating(config)) yield* inOutbound(rule);
  for (const rule of config.rules) if (!rule.tree.has("disabled")) yield* inEnds(rule, hasPorts(rule));
}

const hasPorts = ({ tree }: FilterRule): boolean => withPorts.has(tree.textOf("protocol").toLowerCase());
const withPorts = new Set(["tcp", "udp", "tcp/udp", "sctp"]);

function* inForward(forward: PortForward): Iterable<NamePlace> {
  yield* inEnds(forward, true);
  if (forward.noRedirect.on) return;
  yield* written(new NamePlace("address", forward, forward.tree, "target"));
  yield* written(new NamePlace("port", forward, forward.tree, "local-port"));
}

/** Their networks hold what elsewhere stands in `address`. */
function* inOutbound(rule: OutboundRule): Iterable<NamePlace> {
  for (const end of endsOf(rule)) {
    yield* written(new NamePlace("address", rule, end, "network"));
    yield* written(new NamePlace("address", rule, end));
  }
}

function inEnds(rule: Owner, ports: boolean): readonly NamePlace[] {
  const places: NamePlace[] = [];
  for (const end of endsOf(rule)) {
    if (!end.has("any")) places.push(new NamePlace(end.textOf("network") === "" ? "address" : "network", rule, end));
    if (ports) places.push(new NamePlace("port", rule, end));
  }
  return places.filter(({ text }) => text !== "");
}

const written = (place: NamePlace): readonly NamePlace[] => (place.text === "" ? [] : [place]);

const endsOf = ({ tree }: Owner): readonly Tree[] => [tree.section("source"), tree.section("destination")];

/** Whether a text means something without an alias: an address, a network, a port, a service, a word for the node's own. */
export function needsNoAlias(config: Config, { kind, text }: NamePlace): boolean {
  if (kind === "port") return readPortRange(text.replace("-", ":")) !== undefined;
  return (kind === "address" && parseNetwork(text) !== undefined) || isKeyword(config, text);
}

/** Words for networks and addresses of the node itself; newer releases also know `lanip4` and `lanip6`. */
function isKeyword(config: Config, text: string): boolean {
  if (["any", "(self)", "pppoe", "pptp", "l2tp", "openvpn", "enc0"].includes(text)) return true;
  const owner = text.replace(/ip[46]?$/, "");
  return (
    config.interface(text) !== undefined ||
    config.interface(owner) !== undefined ||
    filterOf(config).knowsInterface(text)
  );
}

/** Whether a node has the alias that stands in a place, or a table of its own. */
export const hasAlias = (config: Config, name: string): boolean => filterOf(config).aliases.has(name);
