import type { Cluster } from "../cluster/cluster.ts";
import { type Address, contains, formatAddress, parseNetwork, sameAddress } from "../model/address.ts";
import type { FilterRule } from "../model/filter.ts";
import type { Interface } from "../model/interfaces.ts";
import type { Span } from "../source.ts";
import { isExchanged } from "./_interfaces.ts";
import { natStays, ownAddresses } from "./_nat.ts";
import { rulesStay, sentRules } from "./_sent-rules.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

/** An entry that travels and names addresses: the rule, alias or list of hosts as a whole. */
interface Place {
  readonly title: string;
  readonly subject: string;
  readonly words: readonly { readonly text: string; readonly at: Span }[];
}

export const filterNodeAddress: Rule = {
  id: "filter-node-address",
  severity: "info",
  summary: "Synced entries name no address that only the primary has.",
  fix: "none",

  notApplicable: sendsNothing,

  *check(cluster) {
    const own = nodeAddresses(cluster);
    for (const { title, subject, words } of places(cluster)) {
      for (const { text, at } of words) {
        const found = own.find(({ primary }) => names(text, primary));
        if (!found || words.some((word) => covers(word.text, found.secondary))) continue;
        yield {
          at,
          message: `${title}: expected ${formatAddress(found.secondary)}, the secondary's address on ${found.entry.title}, beside ${formatAddress(found.primary)}, found the primary's alone`,
          subject,
          related: [{ at: found.entry.addressField(found.primary.family).at, message: "the primary's address" }],
          help: "add the secondary's address, or name a CARP VIP instead",
        };
      }
    }
  },
};

/** Addresses that differ between the nodes, interface by interface. */
function nodeAddresses(cluster: Cluster): readonly { entry: Interface; primary: Address; secondary: Address }[] {
  return cluster.interfaces.pairs.flatMap(({ primary: entry, secondary: twin }) =>
    ([4, 6] as const).flatMap((family) => {
      const [primary, secondary] = [entry.addressOf(family), twin.addressOf(family)];
      if (
        !entry.enabled ||
        isExchanged(cluster, entry.key) ||
        !primary ||
        !secondary ||
        sameAddress(primary, secondary)
      )
        return [];
      return [{ entry, primary, secondary }];
    }),
  );
}

const names = (text: string, address: Address): boolean => {
  const place = parseNetwork(text);
  return place !== undefined && place.bits === (address.family === 4 ? 32 : 128) && sameAddress(place.address, address);
};

const covers = (text: string, address: Address): boolean => {
  const place = parseNetwork(text);
  return place !== undefined && contains(place, address);
};

function places(cluster: Cluster): readonly Place[] {
  const { primary } = cluster;
  const { hasync } = primary;
  const sync = primary.syncInterface?.key;
  const rules = rulesStay(cluster) === undefined ? sentRules(cluster) : [];
  const isTold = toldOfForward(cluster);
  const aliases = hasync.box("aliases").on ? primary.aliases.filter(({ nosync }) => !nosync.on) : [];
  return [
    ...rules
      .filter((rule) => !(sync && rule.interfaces.includes(sync)) && !isTold(rule))
      .map(({ title, subject, source, destination }) => ({
        title,
        subject,
        words: [source, destination]
          .filter(({ any }) => !any.present)
          .map(({ address }) => ({ text: address.text, at: address.at })),
      })),
    ...aliases.map(({ name, subject, members, address }) => ({
      title: `alias ${name.text}`,
      subject,
      words: members.map((text) => ({ text, at: address.at })),
    })),
    ...(hasync.box("dnsforwarder").on
      ? [hosts(cluster, "unbound", "DNS Resolver"), hosts(cluster, "dnsmasq", "DNS Forwarder")]
      : []),
  ];
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
  const entries = primary.tree
    .section(section)
    .list("hosts")
    .filter((entry) => !entry.has("nosync"));
  return {
    title: `host overrides of the ${service}`,
    subject: `${section}/hosts`,
    words: entries.flatMap((entry) =>
      entry
        .textOf("ip")
        .split(",")
        .map((text) => ({ text: text.trim(), at: entry.section("ip").at })),
    ),
  };
}
