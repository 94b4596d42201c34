import { formatNetwork, shippedBogons } from "../../model/address.ts";

/**
 * Tables that releases after 2.8 keep themselves and that rules may name (`globals.inc`, `$reserved_table_names`);
 * members may name one another. `bogons` is the list as shipped (`etc/bogons`).
 */
export const systemAliases: ReadonlyMap<string, string> = new Map([
  ["bogons", shippedBogons.map(formatNetwork).join(" ")],
  ["_loopback4_", "127.0.0.0/8"],
  ["_loopback6_", "::1/128"],
  ["_loopback46_", "_loopback4_ _loopback6_"],
  ["_linklocal4_", "169.254.0.0/16"],
  ["_linklocal6_", "fe80::/10"],
  ["_linklocal46_", "_linklocal4_ _linklocal6_"],
  ["_private4_", "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16"],
  ["_private6_", "fc00::/7"],
  ["_private46_", "_private4_ _private6_"],
  ["_multicast4_", "224.0.0.0/4"],
  ["_multicast6_", "ff00::/8"],
  ["_multicast46_", "_multicast4_ _multicast6_"],
  [
    "_reserved4_",
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 " +
      "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 " +
      "255.255.255.255/32",
  ],
  [
    "_reserved6_",
    "::1/128 ::/128 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:2::/48 2001:db8::/32 " +
      "2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 ff00::/8",
  ],
  ["_reserved46_", "_reserved4_ _reserved6_"],
  [
    "_nat64reserved_",
    "64:ff9b::0/104 64:ff9b::a00:0/104 64:ff9b::6440:0/106 64:ff9b::7f00:0/104 64:ff9b::a9fe:0/112 " +
      "64:ff9b::ac10:0/108 64:ff9b::c000:0/120 64:ff9b::c000:200/120 64:ff9b::c058:6300/120 64:ff9b::c0a8:0/112 " +
      "64:ff9b::c612:0/111 64:ff9b::c633:6400/120 64:ff9b::cb00:7100/120 64:ff9b::e000:0/100 64:ff9b::f000:0/100 " +
      "64:ff9b::ffff:ffff/128",
  ],
]);

/** Tables that fill while the firewall runs (`globals.inc`). */
export const runtimeTables: ReadonlySet<string> = new Set([
  "snort2c",
  "sshguard",
  "virusprot",
  "vpn_networks",
  "negate_networks",
  "tonatsubnets",
  "bogonsv6",
]);
