import type { Cluster } from "../cluster/cluster.ts";
import { type Address, contains, formatAddress, parseNetwork, sameAddress } from "../model/address.ts";
import type { FilterRule } from "../model/filter.ts";
import type { Interface } from "../model/interfaces.ts";
import type { Tree } from "../model/tree.ts";
import { isExchanged } from "./_interfaces.ts";
import { natStays, ownAddresses } from "./_nat.ts";
import { isSecondaryAway } from "./_pfsync.ts";
import { rulesStay, sentRules } from "./_sent-rules.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

/** An entry that travels and names addresses: the rule, alias or list of hosts as a whole. */
interface Place {
  readonly owner: { readonly title: string; readonly subject: string };
  readonly words: readonly Word[];
}

interface Word {
  readonly text: string;
  /** The element that holds it. */
  readonly tree: Tree;
}

export const filterNodeAddress: Rule = {
  id: "filter-node-address",
  severity: "info",
  summary: "Synced entries name no address that only the primary has.",
  fix: "none",

  notApplicable: sendsNothing,

  *check(cluster) {
    const own = nodeAddresses(cluster);
    if (own.length === 0) return;
    for (const { owner, words } of places(cluster, own)) {
      for (const { text, tree } of words) {
        const found = own.find((one) => names(text, one));
        if (!found || words.some((word) => covers(word.text, found.secondary))) continue;
        yield {
          at: tree.at,
          message: `${owner.title}: expected ${formatAddress(found.secondary)}, the secondary's address on ${found.entry.title}, beside ${formatAddress(found.primary)}, found the primary's alone`,
          subject: owner.subject,
          related: [{ at: found.entry.addressField(found.primary.family).at, message: "the primary's address" }],
          help: "add the secondary's address, or name a CARP VIP instead",
        };
      }
    }
  },
};

/** An address of the primary that the secondary does not have. */
interface Own {
  readonly entry: Interface;
  readonly primary: Address;
  readonly secondary: Address;
  /** As it is written; an IPv4 address is written in one way only. */
  readonly text: string;
}

/** Addresses that differ between the nodes, interface by interface. */
function nodeAddresses(cluster: Cluster): readonly Own[] {
  return cluster.interfaces.pairs.flatMap(({ primary: entry, secondary: twin }) =>
    ([4, 6] as const).flatMap((family) => {
      const [primary, secondary] = [entry.addressOf(family), twin.addressOf(family)];
      if (!primary || !secondary || sameAddress(primary, secondary)) return [];
      if (!entry.enabled || isExchanged(cluster, entry.key)) return [];
      if (isSecondaryAway(cluster) && entry === cluster.primary.syncInterface) return [];
      return [{ entry, primary, secondary, text: formatAddress(primary) }];
    }),
  );
}

/** Whether one of the addresses may stand in a text: a look at the whole, before it is taken apart. */
const mayNameOwn = (text: string, own: readonly Own[]): boolean =>
  text !== "" && own.some(({ primary, text: address }) => text.includes(primary.family === 4 ? address : ":"));

function names(text: string, { primary, text: own }: Own): boolean {
  if (primary.family === 4) return text === own || text === `${own}/32`;
  const place = text.includes(":") ? parseNetwork(text) : undefined;
  return place !== undefined && place.bits === 128 && sameAddress(place.address, primary);
}

const covers = (text: string, address: Address): boolean => {
  const place = parseNetwork(text);
  return place !== undefined && contains(place, address);
};

const wordOf = (tree: Tree): Word => ({ text: tree.text, tree });

function* places(cluster: Cluster, own: readonly Own[]): Iterable<Place> {
  const { hasync, aliases, syncInterface } = cluster.primary;
  const sync = syncInterface?.key;
  const isTold = toldOfForward(cluster);
  for (const rule of rulesStay(cluster) === undefined ? sentRules(cluster) : []) {
    const ends = [rule.tree.section("source"), rule.tree.section("destination")];
    if (!ends.some((end) => mayNameOwn(end.textOf("address"), own))) continue;
    const words = ends.filter((end) => !end.has("any")).map((end) => wordOf(end.section("address")));
    if (!(sync && rule.interfaces.includes(sync)) && !isTold(rule)) yield { owner: rule, words };
  }
  if (hasync.box("aliases").on) {
    for (const alias of aliases) {
      const tree = alias.tree.section("address");
      if (!mayNameOwn(tree.text, own) || alias.nosync.on) continue;
      yield { owner: alias, words: alias.members.map((text) => ({ text, tree })) };
    }
  }
  if (hasync.box("dnsforwarder").on) {
    yield hosts(cluster, "unbound", "DNS Resolver");
    yield hosts(cluster, "dnsmasq", "DNS Forwarder");
  }
}

/** Whether a rule belongs to a port forward to an address of the node, about which nat-node-address speaks. */
function toldOfForward(cluster: Cluster): (rule: FilterRule) => boolean {
  const { primary } = cluster;
  const told = new Set(natStays(cluster) === undefined ? ownAddresses(primary).map(({ subject }) => subject) : []);
  const forwards = primary.portForwards.filter(
    ({ subject, associatedRule }) => told.has(subject) && !associatedRule.empty,
  );
  const ids = new Set(forwards.map(({ associatedRule }) => associatedRule.text));
  return ({ associatedRule }) => ids.has(associatedRule.text);
}

/** The host overrides of one service are one place: a name for each node is what one wants. */
function hosts({ primary }: Cluster, section: string, service: string): Place {
  const entries = primary.tree.section(section).list("hosts");
  return {
    owner: { title: `host overrides of the ${service}`, subject: `${section}/hosts` },
    words: entries
      .filter((entry) => !entry.has("nosync"))
      .map((entry) => entry.section("ip"))
      .flatMap((tree) => tree.text.split(",").map((text) => ({ text: text.trim(), tree }))),
  };
}
