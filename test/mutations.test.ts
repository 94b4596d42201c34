import { describe, expect, test } from "vitest";
import { applyEdits } from "../src/emit/apply.ts";
import { insert, type NewElement, remove, setText } from "../src/model/edit.ts";
import { printEdits } from "../src/model/print.ts";
import type { Tree } from "../src/model/tree.ts";
import { rules } from "../src/rules/index.ts";
import { configOf, type Files, lintFiles, readFiles } from "./support/pair.ts";

type Where = keyof Files | "both";
type Mutation = (files: Files) => Files;

/** `virtualip/vip[1]/vhid`: the element at a path, positions from 0. */
function find(root: Tree, path: string): Tree {
  return path.split("/").reduce((tree, step) => {
    const [, name = "", position] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    return position === undefined ? tree.section(name) : (tree.list(name)[Number(position)] ?? tree.section(name));
  }, root);
}

function edit(where: Where, change: (root: Tree) => Parameters<typeof printEdits>[0][number]): Mutation {
  const apply = (text: string): string => {
    const config = configOf(text);
    return applyEdits(config.source, printEdits([change(config.tree)]));
  };
  return ({ primary, secondary }) => ({
    primary: where === "secondary" ? primary : apply(primary),
    secondary: where === "primary" ? secondary : apply(secondary),
  });
}

const set = (where: Where, path: string, value: string): Mutation =>
  edit(where, (root) => {
    const steps = path.split("/");
    const name = steps.pop() ?? "";
    const owner = steps.length === 0 ? root : find(root, steps.join("/"));
    return setText({ name, owner, tree: owner.get(name) }, value);
  });
const drop = (where: Where, path: string): Mutation => edit(where, (root) => remove(find(root, path)));
const add = (where: Where, path: string, name: string, value: NewElement["value"]): Mutation =>
  edit(where, (root) => insert(path === "" ? root : find(root, path), { name, value }));
const fields = (of: Record<string, string>): NewElement[] =>
  Object.entries(of).map(([name, value]) => ({ name, value }));
const all =
  (...mutations: Mutation[]): Mutation =>
  (files) =>
    mutations.reduce((changed, mutation) => mutation(changed), files);

const [wanVip, lanVip, stacked] = ["virtualip/vip[0]", "virtualip/vip[1]", "virtualip/vip[2]"] as const;
const anybody: NewElement["value"] = [{ name: "any", value: "" }];
const blocking: NewElement = {
  name: "rule",
  value: [
    ...fields({ type: "block", interface: "opt1", ipprotocol: "inet", protocol: "tcp", tracker: "1" }),
    { name: "source", value: anybody },
    { name: "destination", value: anybody },
  ],
};

/** One realistic fault of a clean cluster, and the rule that has to see it. */
const faults: readonly (readonly [rule: string, fault: Mutation, cluster?: string])[] = [
  ["version-match", set("secondary", "version", "22.9")],
  ["version-known", set("both", "version", "99.9")],
  ["xml-flag-value", set("both", "filter/rule[0]/disabled", "no")],
  ["xml-field-readable", set("secondary", "interfaces/lan/ipaddr", "192.168.1.300")],
  ["system-filter-enabled", set("secondary", "system/disablefilter", "")],
  ["ipv6-allowed", drop("secondary", "system/ipv6allow"), "dual-wan-vlan"],
  ["interface-set-match", drop("secondary", "interfaces/opt1")],
  ["interface-enabled-match", drop("secondary", "interfaces/lan/enable")],
  ["interface-description-match", set("secondary", "interfaces/lan/descr", "Office")],
  ["interface-device-match", set("secondary", "interfaces/lan/if", "igb7"), "kea-24.5"],
  ["interface-address-unique", set("secondary", "interfaces/lan/ipaddr", "192.168.1.2")],
  ["interface-address-static", set("secondary", "interfaces/wan/ipaddr", "dhcp")],
  ["interface-subnet-match", set("secondary", "interfaces/lan/subnet", "25")],
  ["interface-mtu-match", set("secondary", "interfaces/opt1/mtu", "9000")],
  ["interface-mac-unique", set("both", "interfaces/wan/spoofmac", "02:00:00:00:00:01")],
  ["carp-vip-match", drop("secondary", lanVip)],
  ["carp-vhid-match", set("secondary", `${wanVip}/vhid`, "11")],
  ["carp-value-range", set("both", `${wanVip}/vhid`, "300")],
  ["carp-password-match", set("secondary", `${wanVip}/password`, "example-other")],
  ["carp-password-set", set("both", `${wanVip}/password`, "")],
  ["carp-advskew-order", set("secondary", `${lanVip}/advskew`, "0")],
  ["carp-advskew-set", set("primary", `${lanVip}/advskew`, "")],
  [
    "carp-advskew-headroom",
    all(set("primary", `${lanVip}/advskew`, "150"), set("secondary", `${lanVip}/advskew`, "250")),
  ],
  ["carp-advskew-synced", set("secondary", `${lanVip}/advskew`, "50")],
  ["carp-interval-default", set("both", `${lanVip}/advbase`, "5")],
  ["carp-advbase-match", set("secondary", `${lanVip}/advbase`, "2")],
  ["carp-address-match", set("secondary", `${lanVip}/subnet`, "192.168.1.9")],
  ["carp-address-unique", set("both", `${stacked}/subnet`, "172.17.1.41")],
  ["carp-mask-match", set("secondary", `${lanVip}/subnet_bits`, "25")],
  ["carp-mask-interface", set("both", `${lanVip}/subnet_bits`, "32")],
  ["carp-subnet-member", set("both", `${lanVip}/subnet`, "192.0.2.1")],
  ["carp-maintenance-mode", set("secondary", "virtualip_carp_maintenancemode", "")],
  [
    "carp-tunable-default",
    add("both", "sysctl", "item", fields({ tunable: "net.inet.carp.ifdown_demotion_factor", value: "0" })),
  ],
  ["vip-uniqid-match", set("secondary", `${lanVip}/uniqid`, "6000000000000")],
  ["vip-stacked-match", drop("secondary", stacked)],
  ["vip-alias-parent", set("both", `${stacked}/interface`, "_vip6000000000000")],
  ["vip-reference-exists", set("both", "openvpn/openvpn-server[0]/interface", "_vip6000000000000")],
  ["pfsync-enabled", drop("both", "hasync/pfsyncenabled")],
  ["pfsync-enabled-match", drop("secondary", "hasync/pfsyncenabled")],
  ["pfsync-enabled-value", set("secondary", "hasync/pfsyncenabled", "")],
  ["pfsync-interface-exists", set("secondary", "hasync/pfsyncinterface", "opt9")],
  ["pfsync-interface-gateway", set("primary", "interfaces/opt1/gateway", "CORE")],
  ["pfsync-subnet-match", set("secondary", "interfaces/opt1/subnet", "29")],
  ["pfsync-subnet-size", set("both", "interfaces/opt1/subnet", "24")],
  ["pfsync-peer-address", set("secondary", "hasync/pfsyncpeerip", "10.0.0.2")],
  ["pfsync-peer-match", set("primary", "hasync/pfsyncpeerip", "")],
  ["pfsync-peer-multicast", set("both", "hasync/pfsyncpeerip", "")],
  ["pfsync-hostid-unique", set("secondary", "hasync/pfhostid", "A1")],
  ["pfsync-state-policy", set("secondary", "system/statepolicy", "floating"), "kea-24.5"],
  ["xmlrpc-primary-only", set("secondary", "hasync/synchronizetoip", "10.0.0.1")],
  ["xmlrpc-secondary-unset", set("secondary", "hasync/username", "hasync")],
  ["xmlrpc-target-format", set("primary", "hasync/synchronizetoip", "https://10.0.0.2")],
  ["xmlrpc-target-address", set("primary", "hasync/synchronizetoip", "10.0.0.9")],
  ["xmlrpc-target-interface", set("primary", "hasync/synchronizetoip", "192.168.1.3")],
  ["xmlrpc-sections-selected", set("primary", "hasync/synchronizenat", "")],
  ["xmlrpc-sections-other", set("primary", "hasync/synchronizeusers", "")],
  ["xmlrpc-username-set", set("primary", "hasync/username", "")],
  ["xmlrpc-password-set", set("primary", "hasync/password", "")],
  ["xmlrpc-account-usable", set("both", "system/user[1]/disabled", "")],
  ["xmlrpc-account-privilege", drop("both", "system/user[1]/priv[0]")],
  ["xmlrpc-webgui-match", set("secondary", "system/webgui/port", "8443")],
  ["sync-filter-current", set("secondary", "filter/rule[3]/type", "block")],
  ["sync-nat-current", set("secondary", "nat/rule[0]/target", "192.168.1.26")],
  ["sync-alias-current", set("secondary", "aliases/alias[1]/address", "192.168.1.26")],
  ["sync-vip-current", set("secondary", `${lanVip}/descr`, "Another")],
  ["sync-dhcp-current", set("secondary", "dhcpd/lan/domain", "other.example")],
  ["sync-dns-current", set("secondary", "unbound/hosts[0]/ip", "192.168.1.81")],
  ["sync-vpn-current", set("secondary", "openvpn/openvpn-server[0]/maxclients", "21")],
  ["sync-route-current", set("secondary", "staticroutes/route[0]/network", "192.168.78.0/24")],
  ["sync-user-current", set("secondary", "system/user[2]/descr", "Somebody")],
  ["sync-other-current", set("secondary", "schedules/schedule[0]/descr", "Other")],
  [
    "sync-entry-lost",
    add("secondary", "aliases", "alias", fields({ name: "mine", type: "host", address: "192.168.1.7" })),
  ],
  ["sync-webgui-certificate", set("secondary", "system/webgui/ssl-certref", "6000000000000")],
  ["filter-pfsync-pass", set("both", "filter/rule[8]/disabled", "")],
  [
    "filter-xmlrpc-pass",
    edit("secondary", (root) => insert(root.section("filter"), blocking, find(root, "filter/rule[7]"))),
  ],
  ["filter-pass-after-sync", set("primary", "filter/rule[9]/nosync", "")],
  ["filter-alias-exists", set("both", "filter/rule[3]/source/address", "nobody")],
  ["filter-alias-synced", all(set("primary", "aliases/alias[2]/nosync", ""), drop("secondary", "aliases/alias[2]"))],
  ["filter-node-address", set("both", "filter/rule[0]/destination/address", "192.168.1.2")],
  ["wan-private-blocking", set("both", "interfaces/wan/blockpriv", "")],
  ["wan-bogon-blocking", set("both", "interfaces/wan/blockbogons", "")],
  ["nat-outbound-vip", set("both", "nat/outbound/mode", "automatic")],
  ["nat-mode-known", set("both", "nat/outbound/mode", "manual")],
  ["nat-target-vip", set("both", "nat/outbound/rule[1]/target", "wanip")],
  ["nat-node-address", set("both", "nat/outbound/rule[1]/target", "172.17.1.41")],
  ["nat-associated-rule", set("both", "nat/rule[0]/associated-rule-id", "nat_0000")],
  ["dhcp-gateway-vip", set("both", "dhcpd/lan/gateway", "")],
  ["dhcp-dns-vip", drop("both", "dhcpd/lan/dnsserver[0]")],
  ["dhcp-failover-set", set("both", "dhcpd/lan/failover_peerip", "")],
  ["dhcp-failover-peer", set("secondary", "dhcpd/lan/failover_peerip", "192.168.1.1")],
  ["dhcp-backend-match", set("secondary", "dhcpbackend", "kea")],
  ["dhcp-pool-conflict", set("both", "dhcpd/lan/range/from", "192.168.1.1")],
  ["kea-ha-role", set("secondary", "kea/ha/role", "primary"), "kea-24.5"],
  ["kea-ha-names", set("secondary", "kea/ha/remotename", "somebody"), "kea-24.5"],
  ["kea-ha-addresses", set("secondary", "kea/ha/remoteip", "192.0.2.99"), "kea-24.5"],
  ["dns-resolver-vip", set("both", "unbound/active_interface", "lo0")],
  ["openvpn-server-vip", set("both", "openvpn/openvpn-server[0]/interface", "wan")],
  ["gateway-name-exists", set("both", "gateways/defaultgw4", "NOBODY")],
];

const clusters = new Map(
  ["clean", "dual-wan-vlan", "kea-24.5"].map((name) => [name, readFiles(`conformance/clusters/${name}`)]),
);
const settings = { verifyPasswords: false };

describe("a fault of a clean cluster", () => {
  test.for(faults)("%s", async ([rule, fault, cluster = "clean"]) => {
    const files = clusters.get(cluster)!;
    const broken = fault(files);
    expect(broken).not.toEqual(files);
    const { diagnostics } = await lintFiles(broken, rules, settings);
    const found = [...new Set(diagnostics.map((one) => one.rule))];
    expect(found).toContain(rule);
    // What else is said of the same fault: each line here has been looked at, and is another thing to put right.
    expect(found.filter((other) => other !== rule).join(", ")).toMatchSnapshot();
  });
});

describe("a difference that is none", () => {
  test.for([
    ["another host name", set("secondary", "system/hostname", "hydra-c")],
    ["another device while states float", set("secondary", "interfaces/lan/if", "igb7")],
    ["widgets of the dashboard", set("secondary", "widgets/sequence", "none:col1:open:0")],
    [
      "the same text, encoded otherwise",
      (files: Files) => ({
        ...files,
        secondary: files.secondary
          .replace("<![CDATA[LAN to", "<![CDATA[LAN&#32;to")
          .replace("<descr><![CDATA[Core switch]]></descr>", "<descr>Core switch</descr>"),
      }),
    ],
    ["other line ends", (files: Files) => ({ ...files, secondary: files.secondary.replaceAll("\n", "\r\n") })],
    [
      "another order of unrelated entries",
      (files: Files) => ({
        ...files,
        secondary: files.secondary.replace(
          /(\t\t<item>\n(?:\t\t\t.*\n)+?\t\t<\/item>\n)(\t\t<item>\n(?:\t\t\t.*\n)+?\t\t<\/item>\n)(?=\t<\/sysctl>)/,
          "$2$1",
        ),
      }),
    ],
  ] as const)("%s", async ([, mutation]) => {
    const files = clusters.get("clean")!;
    const changed = (mutation as Mutation)(files);
    expect(changed).not.toEqual(files);
    const { diagnostics } = await lintFiles(changed, rules, settings);
    expect(diagnostics.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });
});
