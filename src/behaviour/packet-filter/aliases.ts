import { type Network, parseNetwork } from "../../model/address.ts";
import type { Config } from "../../model/config.ts";
import { readPortRange } from "../../model/port-names.ts";
import type { Range } from "./ranges.ts";
import { AddressSet, PortSet } from "./sets.ts";
import { runtimeTables, systemAliases } from "./system-aliases.ts";

/** Config versions from which on the system's own tables may be named in rules (`globals.inc`, releases after 2.8). */
const systemAliasesSince = 24.1;

/**
 * The aliases of one node as pf sees them: nested ones flattened, each resolved once, when a rule first names it
 * (`filter.inc`, `filter_generate_nested_alias_recurse()`, `filter_generate_alias_tables()`).
 */
export class AliasBook {
  readonly #config: Config;
  readonly #hasSystemAliases: boolean;
  readonly #addresses = new Map<string, AddressSet>();
  readonly #ports = new Map<string, PortSet | undefined>();

  constructor(config: Config) {
    this.#config = config;
    this.#hasSystemAliases = config.dialect.version >= systemAliasesSince;
  }

  /** Whether a rule may name it. Names of digits only are not aliases (`util.inc`, `alias_expand()`). */
  has(name: string): boolean {
    if (/^\d+$/.test(name)) return false;
    return this.#config.alias(name) !== undefined || this.#isSystem(name);
  }

  #isSystem(name: string): boolean {
    return this.#hasSystemAliases && (systemAliases.has(name) || runtimeTables.has(name));
  }

  /** The addresses of an alias, or undefined if there is no such alias. */
  addresses(name: string): AddressSet | undefined {
    if (!this.has(name)) return undefined;
    let set = this.#addresses.get(name);
    if (!set) {
      set = this.#flattenAddresses(name);
      this.#addresses.set(name, set);
    }
    return set;
  }

  #flattenAddresses(top: string): AddressSet {
    const networks: Network[] = [];
    let doubt: string | undefined;
    for (const { alias, type, member } of this.#leaves(top)) {
      const place = parseNetwork(member);
      if (type === "system" && runtimeTables.has(alias)) doubt ??= `the table ${alias} fills while the firewall runs`;
      else if (/^urltable/.test(type)) doubt ??= `alias ${alias} is a URL table, whose content is not in the file`;
      else if (/port/.test(type)) doubt ??= `alias ${alias} holds ports where addresses are expected`;
      else if (place) networks.push(place);
      else if (type === "url") doubt ??= `alias ${alias} is loaded from a URL, and its content is not in the file`;
      else doubt ??= `alias ${alias} holds the host name ${member}`;
    }
    return AddressSet.of(networks, doubt);
  }

  /** The ports of an alias; undefined if there is no such alias, or if pfSense takes it for empty. */
  ports(name: string): PortSet | undefined {
    if (!this.has(name)) return undefined;
    if (!this.#ports.has(name)) this.#ports.set(name, this.#flattenPorts(name));
    return this.#ports.get(name);
  }

  #flattenPorts(top: string): PortSet | undefined {
    const ranges: Range<number>[] = [];
    for (const { alias, type, member } of this.#leaves(top)) {
      if (/^urltable/.test(type))
        return new PortSet([], `alias ${alias} is a URL table, whose content is not in the file`);
      const range = readPortRange(member);
      if (range) ranges.push(range);
      else if (type === "url_ports")
        return new PortSet([], `alias ${alias} is loaded from a URL, and its content is not in the file`);
      else if (/port/.test(type)) return undefined;
      else return new PortSet([], `alias ${alias} holds addresses where ports are expected`);
    }
    return ranges.length > 0 ? new PortSet(ranges) : undefined;
  }

  /** The members that are no aliases themselves, of an alias and all that it nests; each alias once, so cycles end. */
  *#leaves(top: string): Iterable<{ readonly alias: string; readonly type: string; readonly member: string }> {
    const seen = new Set([top]);
    const waiting = [top];
    for (let alias = waiting.pop(); alias !== undefined; alias = waiting.pop()) {
      const entry = this.#config.alias(alias);
      const type = entry ? entry.type.text : "system";
      const members = entry ? entry.members : (systemAliases.get(alias) ?? "").split(" ");
      // A URL table is read from a file of its own: what stands in its address is the URL.
      if (members.length === 0 && /^url/.test(type)) yield { alias, type, member: "" };
      for (const member of members) {
        if (!this.has(member)) yield { alias, type, member };
        else if (!seen.has(member)) {
          seen.add(member);
          waiting.push(member);
        }
      }
    }
  }
}
