import { simulate } from "../behaviour/simulate.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Interface } from "../model/interfaces.ts";
import type { Link, Picture, Port } from "../picture.ts";

/** What a report draws of a pair; undefined if one of the files does not load, for then little is known of it. */
export function pictureOf(cluster: Cluster): Picture | undefined {
  if (!cluster.nodes.every(({ config }) => config.loads)) return undefined;
  const { pairs, secondaryOnly } = cluster.interfaces;
  const matched = [
    ...cluster.primary.interfaces.map((primary) => ({
      primary,
      secondary: pairs.find((pair) => pair.primary === primary)?.secondary,
    })),
    ...secondaryOnly.map((secondary) => ({ primary: undefined, secondary })),
  ];
  const sync = new Set(cluster.nodes.map(({ config }) => config.syncInterface?.key));
  const links = matched
    .map(({ primary, secondary }): Link => {
      const one = (primary ?? secondary)!;
      return {
        key: one.key,
        label: one.label,
        sync: sync.has(one.key),
        primary: portOf(primary),
        secondary: portOf(secondary),
      };
    })
    .filter((link) => link.primary ?? link.secondary);
  return { links, simulation: simulate(cluster) };
}

function portOf(entry: Interface | undefined): Port | undefined {
  if (!entry?.enabled) return undefined;
  const addresses = [
    [entry.ipaddr.text, entry.subnet.text],
    [entry.ipaddrv6.text, entry.subnetv6.text],
  ] as const;
  return {
    device: entry.device.text,
    addresses: addresses
      .filter(([address]) => address !== "")
      .map(([address, prefix]) => (/[.:]/.test(address) && prefix !== "" ? `${address}/${prefix}` : address)),
  };
}
