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
  readonly #entries = new Map<string, AliasEntry>();
  readonly #own = new Map<string, AddressSet>();
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
      set = AddressSet.union([...this.#nested(name)].map((alias) => this.#ownAddresses(alias)));
      this.#addresses.set(name, set);
    }
    return set;
  }

  /** What an alias holds itself, without those that it nests. */
  #ownAddresses(alias: string): AddressSet {
    let own = this.#own.get(alias);
    if (!own) {
      own = this.#readAddresses(alias);
      this.#own.set(alias, own);
    }
    return own;
  }

  #readAddresses(alias: string): AddressSet {
    const { type, members } = this.#entry(alias);
    if (runtimeTables.has(type)) return AddressSet.of([], `the table ${alias} fills while the firewall runs`);
    if (/^urltable/.test(type))
      return AddressSet.of([], `alias ${alias} is a URL table, whose content is not in the file`);
    if (/port/.test(type)) return AddressSet.of([], `alias ${alias} holds ports where addresses are expected`);
    const networks: Network[] = [];
    let doubt = type === "url" && members.length === 0 ? fromUrl(alias) : undefined;
    for (const member of members) {
      const place = parseNetwork(member);
      if (place) networks.push(place);
      else if (!this.has(member))
        doubt ??= type === "url" ? fromUrl(alias) : `alias ${alias} holds the host name ${member}`;
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
    for (const alias of this.#nested(top)) {
      const { type, members } = this.#entry(alias);
      if (/^urltable/.test(type))
        return new PortSet([], `alias ${alias} is a URL table, whose content is not in the file`);
      if (type === "url_ports" && members.length === 0) return new PortSet([], fromUrl(alias));
      for (const member of members) {
        const range = readPortRange(member);
        if (range) ranges.push(range);
        else if (this.has(member)) continue;
        else if (type === "url_ports") return new PortSet([], fromUrl(alias));
        else if (type === "port") return undefined;
        else return new PortSet([], `alias ${alias} holds addresses where ports are expected`);
      }
    }
    return ranges.length > 0 ? new PortSet(ranges) : undefined;
  }

  /** An alias and all that it nests, each once, so that cycles end. */
  #nested(top: string): ReadonlySet<string> {
    const found = new Set([top]);
    for (const alias of found) {
      for (const member of this.#entry(alias).members) if (this.has(member)) found.add(member);
    }
    return found;
  }

  #entry(name: string): AliasEntry {
    let entry = this.#entries.get(name);
    if (!entry) {
      const alias = this.#config.alias(name);
      entry = alias
        ? { type: alias.type.text, members: alias.members }
        : { type: name, members: (systemAliases.get(name) ?? "").split(" ") };
      this.#entries.set(name, entry);
    }
    return entry;
  }
}

/** An alias as it was read once. The type of a table of the system is its own name. */
interface AliasEntry {
  readonly type: string;
  readonly members: readonly string[];
}

const fromUrl = (alias: string): string => `alias ${alias} is loaded from a URL, and its content is not in the file`;
