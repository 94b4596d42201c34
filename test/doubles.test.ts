import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fixCluster } from "../src/fix/fix.ts";
import { rules } from "../src/rules/index.ts";
import { rule as ruleOf } from "./support/filter.ts";
import {
  change,
  clusterFrom,
  type Files,
  lintFiles,
  type PairSettings,
  readFiles,
  root,
  small,
  type WiredFiles,
} from "./support/pair.ts";
import { settingsOf } from "./support/settings.ts";
import { addInterface, addVip, moveVip, setVip } from "./support/vips.ts";

/** The rules that speak about a pair, each once. */
async function speaking(files: WiredFiles, settings?: PairSettings): Promise<readonly string[]> {
  const { diagnostics } = await lintFiles(files, rules, settings);
  return [...new Set(diagnostics.map(({ rule }) => rule))].sort();
}

const boxOff = "the two nodes can differ only while the box is off, which somebody may have wanted";

/** Bad fixtures about which another rule speaks too: there are two things to put right, and no having one alone. */
const others: Readonly<Record<string, readonly [rules: readonly string[], reason: string]>> = {
  "accepted-finding-current/bad-expired": [["carp-advskew-order"], "what was accepted until yesterday is back"],
  "carp-vhid-unique/bad-one-bridge": [["carp-bridge-member"], "another VHID leaves the VIPs in the bridge"],
  "carp-vip-match/bad-missing-on-primary": [["xmlrpc-sections-selected"], boxOff],
  "dhcp-enabled-match/bad-off-on-the-secondary": [["xmlrpc-sections-selected"], boxOff],
  "filter-alias-synced/bad-box": [["xmlrpc-sections-selected"], boxOff],
  "filter-reference-synced/bad-gateway-group": [["xmlrpc-sections-other"], boxOff],
  "filter-reference-synced/bad-limiter": [["xmlrpc-sections-other"], boxOff],
  "filter-pass-after-sync/bad-literal-addresses": [
    ["sync-filter-current"],
    "a rule that fits both nodes leaves the others as they are",
  ],
  "gateway-set-match/bad-address": [["xmlrpc-sections-other"], boxOff],
  "gateway-set-match/bad-missing": [["xmlrpc-sections-other"], boxOff],
  "kea-ha-pass/bad-after-sync": [["sync-entry-lost"], "the rule that is lost opens more ports than Kea's"],
  "proxmox-segment-match/bad-sync-on-another-bridge": [["proxmox-host-apart"], "two bridges matter on one host only"],
  "sync-reference-exists/bad-authentication-server": [["xmlrpc-sections-other"], boxOff],
  "sync-reference-exists/bad-certificate": [["xmlrpc-sections-other"], boxOff],
  "sync-reference-exists/bad-web-gui": [["xmlrpc-sections-other"], boxOff],
  "xmlrpc-account-privilege/bad-page-all": [
    ["xmlrpc-account-dedicated"],
    "it holds one privilege too many and lacks another",
  ],
  "xmlrpc-role-known/bad-no-target-equal-advskew": [
    ["carp-advskew-order", "xmlrpc-target-set"],
    "roles are unknown only where neither a target nor an advskew tells",
  ],
  "xmlrpc-role-known/bad-target-on-both-mixed-advskew": [
    ["carp-advskew-order", "xmlrpc-primary-only"],
    "the same, with a target too many",
  ],
};

const folder = new URL("fixtures/rules/", root);
const bad = readdirSync(folder)
  .flatMap((rule) => readdirSync(new URL(rule, folder)).map((name) => ({ rule, path: `${rule}/${name}` })))
  .filter(({ path }) => path.includes("/bad-"));

describe("no other rule speaks about a bad fixture, unless listed:", () => {
  test.for(bad)("$path", async ({ rule, path }) => {
    const found = await speaking(readFiles(`rules/${path}`), settingsOf(`rules/${path}`));
    expect(found.filter((other) => other !== rule)).toEqual(others[path]?.[0] ?? []);
  });

  test("nothing is listed that is not there", () => {
    const paths = bad.map(({ path }) => path);
    expect(Object.keys(others).filter((path) => !paths.includes(path))).toEqual([]);
  });
});

const noPasswords = { verifyPasswords: false };
const xmlrpcRule = /\t\t<rule>\s*<id><\/id>\s*<tracker>1690000003<\/tracker>[\s\S]*?<\/rule>\n/;
const skews = (primary: string, secondary: string): Files =>
  setVip(setVip(small, "primary", 2, "advskew", primary), "secondary", 2, "advskew", secondary);
const guests = addVip(addInterface(small), "both", { interface: "opt2", subnet: "192.168.8.1" });
const user = /(<user>\s*<name>hasync<\/name>[\s\S]*?)<bcrypt-hash>[^<]*<\/bcrypt-hash>/;

/** One cause, and the rules that speak. */
const causes: readonly (readonly [cause: string, files: Files, ...told: string[]])[] = [
  [
    "an interface with a VIP is missing on one node",
    change(guests, "secondary", /<opt2>[\s\S]*?<\/opt2>/, ""),
    "interface-set-match",
  ],
  [
    "an interface with a VIP is off on one node",
    change(guests, "primary", "<enable></enable>\n\t\t\t<if>igb3</if>", "<if>igb3</if>"),
    "interface-enabled-match",
  ],
  [
    "the sync interface is missing on one node",
    change(small, "secondary", /<opt1>[\s\S]*?<\/opt1>/, ""),
    "interface-set-match",
  ],
  [
    "the sync interface is off on one node",
    change(small, "secondary", "<enable></enable>\n\t\t\t<if>igb2</if>", "<if>igb2</if>"),
    "interface-enabled-match",
  ],
  [
    "pfsync runs on two interfaces",
    change(small, "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<"),
    "pfsync-interface-match",
  ],
  ["a pfsync peer is missing", change(small, "primary", /<pfsyncpeerip>[^<]*/, "<pfsyncpeerip>"), "filter-pfsync-pass"],
  [
    "the other pfsync peer is missing",
    change(small, "secondary", /<pfsyncpeerip>[^<]*/, "<pfsyncpeerip>"),
    "filter-pfsync-pass",
  ],
  [
    "both pfsync peers are missing",
    change(small, "both", /<pfsyncpeerip>[^<]*/, "<pfsyncpeerip>"),
    "filter-pfsync-pass",
  ],
  [
    "no CARP VIP is left",
    change(small, "both", /<virtualip>[\s\S]*<\/virtualip>/, "<virtualip></virtualip>"),
    "carp-vip-present",
  ],
  ["twins have one advskew", skews("0", "0"), "carp-advskew-order"],
  ["an advskew is missing on the primary", skews("", "100"), "carp-advskew-set"],
  ["the primary's advskew is high", skews("150", "250"), "carp-advskew-headroom"],
  ["the primary's advskew is high, and was not synced", skews("150", "50"), "carp-advskew-order"],
  ["the secondary's advskew is high", skews("0", "254"), "carp-advskew-headroom"],
  ["the secondary's advskew is low", skews("0", "19"), "dhcp-failover-role"],
  ["the primary's advskew is a little high", skews("20", "120"), "dhcp-failover-role"],
  [
    "two nodes have one address",
    change(small, "secondary", "192.168.7.12</ipaddr>", "192.168.7.11</ipaddr>"),
    "interface-address-unique",
  ],
  [
    "the secondary is a copy of the primary",
    { primary: small.primary, secondary: small.primary },
    "system-node-distinct",
  ],
  ["the primary's CARP VIP is on an interface that is none", moveVip(small, "primary", "opt9"), "vip-interface-usable"],
  ["the secondary's CARP VIP is on an interface that is none", moveVip(small, "secondary", "opt9"), "carp-vip-match"],
  ["both have it on such an interface", moveVip(small, "both", "opt9"), "vip-interface-usable"],
  ["both have it in the wrong network", moveVip(small, "both", "wan"), "carp-subnet-member"],
  ["the secondary alone has it in the wrong network", moveVip(small, "secondary", "wan"), "carp-vip-match"],
  [
    "the primary's default gateway is none",
    change(small, "primary", "<defaultgw4>WANGW<", "<defaultgw4>NOWHERE<"),
    "gateway-name-exists",
  ],
  [
    "the secondary's default gateway is none",
    change(small, "secondary", "<defaultgw4>WANGW<", "<defaultgw4>NOWHERE<"),
    "gateway-name-exists",
  ],
  [
    "the secondary's resolver listens on a VIP that is none",
    change(small, "secondary", "<active_interface>all<", "<active_interface>all,_vip6000000000000<"),
    "vip-reference-exists",
  ],
  ["no rule passes XMLRPC", change(small, "both", xmlrpcRule, ""), "filter-xmlrpc-pass"],
  ["no rule of the secondary passes XMLRPC", change(small, "secondary", xmlrpcRule, ""), "filter-xmlrpc-pass"],
  ["no rule of the primary passes XMLRPC", change(small, "primary", xmlrpcRule, ""), "filter-pass-after-sync"],
  [
    "the account of XMLRPC sync has another password on the secondary",
    change(
      small,
      "secondary",
      user,
      "$1<bcrypt-hash>$$2b$$04$$rAiaumADcuUrZRlrp3L5pOIgJpC2xp.5Gomgmgx/bKkVgGKi98UzW</bcrypt-hash>",
    ),
    "xmlrpc-password-match",
  ],
];

describe("one cause gives one diagnostic:", () => {
  test.for(causes)("%s", async ([, files, ...told]) => {
    expect(await speaking(files)).toEqual(told);
  });

  test.for(causes)("%s: no fix brings up what was not said", async ([, files]) => {
    const cluster = clusterFrom(files);
    await fixCluster(cluster, rules, noPasswords, { nodes: ["secondary"] });
    await fixCluster(cluster, rules, noPasswords, { nodes: ["primary", "secondary"], unsafe: true });
  });

  test("one rule that lets in pfsync and XMLRPC is added once", async () => {
    const rules23 = /\t\t<rule>\s*<id><\/id>\s*<tracker>1690000002<\/tracker>[\s\S]*<\/rule>\n(?=\t<\/filter>)/;
    const any = ruleOf({
      interface: "opt1",
      source: "<network>opt1</network>",
      destination: "<network>opt1</network>",
    });
    const healthy = change(small, "both", rules23, `${any}\n`);
    expect(await speaking(healthy)).toEqual([]);
    const files = change(healthy, "secondary", `${any}\n`, "");
    expect(await speaking(files)).toEqual(["filter-pfsync-pass", "filter-xmlrpc-pass"]);
    const { secondary, after } = await fixCluster(clusterFrom(files), rules, noPasswords);
    expect(after.diagnostics).toEqual([]);
    expect(secondary.after.rules).toHaveLength(secondary.before.rules.length + 1);
  });

  test.for(["clean", "dual-wan-vlan", "kea-24.5", "legacy-21.7"])("%s, taken for both nodes", async (name) => {
    const { primary } = readFiles(`conformance/clusters/${name}`);
    expect(await speaking({ primary, secondary: primary })).toEqual(["system-node-distinct"]);
  });
});
