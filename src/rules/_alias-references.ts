import { filterOf } from "../behaviour/packet-filter/index.ts";
import { parseNetwork } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Field } from "../model/field.ts";
import type { FilterRule, RuleEnd } from "../model/filter.ts";
import type { OutboundRule, PortForward } from "../model/nat.ts";
import { readPortRange } from "../model/port-names.ts";
import { translating } from "./_nat.ts";

/** A place in a rule where a name may stand: that of an alias, an interface, a service. */
export interface NamePlace {
  /** What belongs there: an address or an alias, the word for a network of the node, a port or an alias. */
  readonly kind: "address" | "network" | "port";
  readonly field: Field<string>;
  /** The rule that it stands in. */
  readonly rule: { readonly title: string; readonly subject: string };
  /** The box that its section travels with. */
  readonly box: "rules" | "nat";
  /** Whether XMLRPC sync carries the rule when the box is on. */
  readonly travels: boolean;
}

/** All names in enabled filter rules, port forwards and outbound NAT rules, in the order of the file. */
export function namePlaces(config: Config): readonly NamePlace[] {
  let places = known.get(config);
  if (!places) {
    places = readPlaces(config);
    known.set(config, places);
  }
  return places;
}

/** Several rules ask, and there are thousands. */
const known = new WeakMap<Config, readonly NamePlace[]>();

function readPlaces(config: Config): readonly NamePlace[] {
  return [
    ...config.portForwards.filter(({ disabled }) => !disabled.on).flatMap(forwardPlaces),
    ...translating(config).flatMap(outboundPlaces),
    ...config.rules.filter(({ tree }) => !tree.has("disabled")).flatMap(rulePlaces),
  ].filter(({ field }) => field.text !== "");
}

function rulePlaces(rule: FilterRule): readonly NamePlace[] {
  const common = { rule, box: "rules", travels: !rule.tree.has("nosync") } as const;
  const hasPorts = ["tcp", "udp", "tcp/udp", "sctp"].includes(rule.tree.textOf("protocol").toLowerCase());
  return [rule.source, rule.destination].flatMap((end) => endPlaces(end, common, hasPorts));
}

function forwardPlaces(rule: PortForward): readonly NamePlace[] {
  const common = { rule, box: "nat", travels: !rule.nosync.on } as const;
  const places = [rule.source, rule.destination].flatMap((end) => endPlaces(end, common, true));
  if (rule.noRedirect.on) return places;
  return [
    ...places,
    { ...common, kind: "address", field: rule.target },
    { ...common, kind: "port", field: rule.localPort },
  ];
}

/** Their networks hold what elsewhere stands in `address`. */
function outboundPlaces(rule: OutboundRule): readonly NamePlace[] {
  const common = { rule, box: "nat", travels: !rule.nosync.on } as const;
  return [rule.source, rule.destination].flatMap(({ network, address }) => [
    { ...common, kind: "address" as const, field: network },
    { ...common, kind: "address" as const, field: address },
  ]);
}

type Common = Pick<NamePlace, "rule" | "box" | "travels">;

function endPlaces(end: RuleEnd, common: Common, hasPorts: boolean): readonly NamePlace[] {
  const port = hasPorts && end.tree.has("port") ? [{ ...common, kind: "port" as const, field: end.portText }] : [];
  if (end.tree.has("any")) return port;
  const place =
    end.tree.textOf("network") === ""
      ? ({ kind: "address", field: end.address } as const)
      : ({ kind: "network", field: end.network } as const);
  return [{ ...common, ...place }, ...port];
}

/** Whether a text means something without an alias: an address, a network, a port, a service, a word for the node's own. */
export function needsNoAlias(config: Config, { kind, field: { text } }: NamePlace): boolean {
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
