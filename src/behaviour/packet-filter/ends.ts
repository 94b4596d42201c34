import { parseNetwork } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import type { RuleEnd } from "../../model/filter.ts";
import { readPort, readPortRange } from "../../model/port-names.ts";
import type { AliasBook } from "./aliases.ts";
import type { Link, Links } from "./links.ts";
import type { End } from "./pf-rule.ts";
import { AddressSet, PortSet, pointOf } from "./sets.ts";

/** Last config version that writes interface networks into the rules; later ones name tables, VIPs included. */
const lastInlineNetworks = 22.9;
/** The config version of the first release whose GUI offers interface groups as addresses. */
const groupNetworksSince = 22.9;

/** One side of a rule: what it matches (undefined: anything), or why pfSense leaves the rule out. */
export type Resolved<T> = { readonly value: T | undefined } | { readonly missing: string };

export const isMissing = <T>(resolved: Resolved<T>): resolved is { readonly missing: string } => "missing" in resolved;

const anything = { value: undefined } as const;
const exactly = (set: AddressSet, not: boolean): Resolved<readonly End[]> => ({ value: [{ set, not }] });

/** Reads sources and destinations of rules (`filter.inc`, `filter_generate_address()`, `filter_generate_port()`). */
export class EndReader {
  readonly #version: number;
  readonly #links: Links;
  readonly #aliases: AliasBook;

  constructor(config: Config, links: Links, aliases: AliasBook) {
    this.#version = config.dialect.version;
    this.#links = links;
    this.#aliases = aliases;
  }

  /** Who is meant, for a rule of one family. */
  addresses(end: RuleEnd, family: 4 | 6, side: string): Resolved<readonly End[]> {
    if (end.any.present) return anything;
    const not = end.not.on;
    const keyword = end.network.text;
    if (keyword !== "") return this.#network(keyword, family, not, side);
    const name = end.address.text;
    if (name === "") return { missing: `its ${side} is empty` };
    const alias = this.#aliases.addresses(name);
    if (alias) return exactly(alias, not);
    const place = parseNetwork(name);
    if (place) return exactly(AddressSet.of([place]), not);
    return { missing: `there is no alias ${name} for its ${side}` };
  }

  #network(keyword: string, family: 4 | 6, not: boolean, side: string): Resolved<readonly End[]> {
    if (keyword === "(self)") return exactly(this.#links.self, not);
    const owner = /^(wan|lan|opt\d*)ip$/.exec(keyword)?.[1];
    if (owner !== undefined) {
      const set = this.#links.get(owner)?.addressSet(family);
      return set
        ? exactly(set, not)
        : { missing: `its ${side} is the IPv${family} address of ${owner}, which has none` };
    }
    if (this.#links.isGroup(keyword) && this.#version >= groupNetworksSince) {
      return exactly(this.#tableOf(this.#links.membersOf(keyword)), not);
    }
    const link = this.#links.get(keyword);
    if (!link) return { missing: `its ${side} is the network of ${keyword}, and there is no such interface` };
    return this.#version <= lastInlineNetworks ? inlineNetworks(link, family, not, side) : this.#macro(link, not, side);
  }

  /** The table of an interface, such as `LAN__NETWORK`: its networks and those of its VIPs, of both families. */
  #macro(link: Link, not: boolean, side: string): Resolved<readonly End[]> {
    const has = ([4, 6] as const).some((family) => link.networkSet(family) !== undefined);
    if (!has && link.vips.length === 0) return { missing: `its ${side} is the network of ${link.key}, which has none` };
    return exactly(this.#tableOf([link]), not);
  }

  #tableOf(links: readonly Link[]): AddressSet {
    return AddressSet.union(
      links.flatMap((link) =>
        ([4, 6] as const).flatMap((family) => [
          link.networkSet(family) ?? AddressSet.of([]),
          AddressSet.of(link.vipNetworks(family)),
        ]),
      ),
    );
  }

  /** The ports of a rule whose protocol has any. */
  ports(text: string, side: string): Resolved<PortSet> {
    if (text === "") return anything;
    const [from = "", to] = text.split("-");
    if (readPortRange(text.replace("-", ":"))) {
      const first = readPort(from) ?? 0;
      const last = to === undefined ? first : (readPort(to) ?? 0);
      return { value: new PortSet([{ first, last }]) };
    }
    const ports = this.#aliases.ports(text);
    if (ports) return { value: ports };
    return {
      missing: this.#aliases.has(text)
        ? `port alias ${text} is empty`
        : `there is no port alias ${text} for its ${side}`,
    };
  }
}

/**
 * Up to 2.7.0 the networks stand in the rule itself. Negated, the list becomes one rule for each of them, so that an
 * address outside any of them matches (`filter.inc`, `filter_address_add_vips_subnets()`).
 */
function inlineNetworks(link: Link, family: 4 | 6, not: boolean, side: string): Resolved<readonly End[]> {
  const own = link.networkSet(family);
  if (!own) return { missing: `its ${side} is the IPv${family} network of ${link.key}, which has none` };
  const sets = [own];
  for (const { address, network } of link.vips) {
    const covered = sets.some((set) => set.has(pointOf(address)) === true);
    if (address.family === family && !covered) sets.push(AddressSet.of([network]));
  }
  return { value: sets.map((set) => ({ set, not })) };
}
