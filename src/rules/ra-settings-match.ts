import { selectedSections } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { compareText } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { Dhcpv6Server } from "../model/dhcp.ts";
import type { Tree } from "../model/tree.ts";
import { announcedTwice } from "./_ra.ts";
import type { Rule } from "./rule.ts";

export const raSettingsMatch: Rule = {
  id: "ra-settings-match",
  severity: "warning",
  summary: "DHCPv6 and router advertisements that XMLRPC sync leaves out are the same on both nodes.",
  fix: "none",

  notApplicable(cluster) {
    if (selectedSections(cluster.primary).includes("dhcpdv6")) return "XMLRPC sync carries dhcpdv6";
    return shared(cluster).length === 0 ? "no IPv6 service that both nodes share" : undefined;
  },

  *check(cluster) {
    const { primary, secondary } = cluster;
    for (const key of shared(cluster)) {
      const here = settingsOf(primary, key);
      const there = settingsOf(secondary, key);
      const names = [...new Set([...here.keys(), ...there.keys()])].sort(compareText);
      const different = names
        .filter((name) => (here.get(name) ?? "") !== (there.get(name) ?? ""))
        .filter((name) => name !== "rainterface" || !announcedTwice(cluster, key));
      if (different.length === 0) continue;
      yield {
        at: secondary.dhcpv6Server(key).at,
        message: `DHCPv6 and router advertisements of ${key}: expected the primary's settings, found other ${different.join(", ")}`,
        subject: `dhcpdv6/${key}`,
        related: [{ at: primary.dhcpv6Server(key).at, message: "the primary's settings" }],
        help: "make the same settings on both nodes; XMLRPC sync does not carry them",
      };
    }
  },
};

/** Interfaces whose hosts get IPv6 from both nodes: by a CARP VIP, or by what both of them hand out. */
function shared({ primary, nodes }: Cluster): readonly string[] {
  const serves = ({ enable, advertises }: Dhcpv6Server): boolean => enable.on || advertises;
  return primary.interfaces
    .map(({ key }) => key)
    .filter((key) => nodes.every(({ config }) => config.interface(key)?.enabled))
    .filter((key) => {
      const serving = nodes.filter(({ config }) => serves(config.dhcpv6Server(key)));
      const carried = nodes.some(({ config }) => config.carpVipsOn(key, 6).length > 0);
      return serving.length === 2 || (carried && serving.length === 1);
    });
}

/** Settings by name, each as a text that is the same for the same setting; VIPs by address, what is empty left out. */
function settingsOf(config: Config, key: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const child of config.dhcpv6Server(key).tree.children) {
    const text = canonical(config, child);
    if (text !== "") settings.set(child.name, `${settings.get(child.name) ?? ""}${text};`);
    else if (child.name === "enable") settings.set(child.name, "on");
  }
  return settings;
}

function canonical(config: Config, tree: Tree): string {
  if (tree.isLeaf)
    return tree.text.startsWith("_vip") ? (config.vip(tree.text.slice(4))?.subnet.text ?? tree.text) : tree.text;
  const parts = tree.children.map((child) => [child.name, canonical(config, child)] as const);
  const told = parts.filter(([, text]) => text !== "").map(([name, text]) => `${name}=${text}`);
  return told.length === 0 ? "" : `(${told.sort(compareText).join(",")})`;
}
