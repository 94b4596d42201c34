import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../src/diagnostic.ts";
import { type FixOutcome, type FixSettings, fixCluster, type LeftOut } from "../src/fix/fix.ts";
import { problemOf } from "../src/fix/harm.ts";
import { rules } from "../src/rules/index.ts";
import { faults } from "./mutations/index.ts";
import { type Combined, combine } from "./support/combine.ts";
import { type ClusterName, clusterNames, type Fault } from "./support/faults.ts";
import { clusterFrom, lintFiles, readFiles, type WiredFiles } from "./support/pair.ts";
import { below, pick, random } from "./support/random.ts";

const clusters = new Map<ClusterName, WiredFiles>(
  clusterNames.map((name) => [name, readFiles(`conformance/clusters/${name}`)]),
);
const clusterOf = ({ cluster = "clean" }: Fault): ClusterName => cluster;

/** Faults by the rule that has to see them: `vip-alias-parent`, the rule's second one `vip-alias-parent 2`. */
const byName = new Map<string, Fault>();
for (const fault of faults) {
  const names = [fault.rule, ...[2, 3, 4, 5, 6].map((number) => `${fault.rule} ${number}`)];
  byName.set(names.find((name) => !byName.has(name))!, fault);
}

const named = (names: string): readonly Fault[] =>
  names.split(" + ").map((name) => {
    const fault = byName.get(name);
    if (!fault) throw new Error(`no such fault: ${name}`);
    return fault;
  });

const together = (chosen: readonly Fault[]): Combined => combine(clusters.get(clusterOf(chosen[0]!))!, chosen);

/** What is otherwise than if each fault were alone: rules that are silent about theirs, and those that speak as well. */
interface Together {
  readonly silent?: string;
  readonly also?: string;
  /** The rules whose fix is left out, if not by all that can be asked for. */
  readonly leftOut?: string;
  readonly because?: string;
}

/** What real clusters have at once: some that came up by chance, and those that once went wrong. */
const combinations: readonly (readonly [names: string, together?: Together])[] = [
  // One alone, of which one node only is put right.
  ["kea-ha-pass"],
  ["ra-interface-vip"],
  ["nat-target-vip 2"],
  ["pfsync-interface-dhcp"],
  ["openvpn-client-vip"],
  ["ipsec-mobike-off"],
  // Two of the same thing.
  ["nat-associated-rule + nat-forward-vip"],
  [
    "carp-advskew-headroom + carp-advskew-synced",
    {
      silent: "carp-advskew-headroom carp-advskew-synced",
      also: "carp-advskew-order",
      because: "a high primary and a low secondary are in the wrong order, which says it all",
    },
  ],
  ["vip-uniqid-match + vip-uniqid-match 2", { also: "vip-uniqid-unique", because: "both get the same new uniqid" }],
  ["nat-forward-vip + nat-vip-synced", { silent: "nat-vip-synced", because: "the network counts, not the address" }],
  ["carp-vhid-match + carp-password-set", { silent: "carp-password-set", because: "no VIP is on both nodes" }],
  ["pfsync-interface-match + interface-subnet-match"],
  ["sync-entry-lost + sync-vip-lost"],
  // One hides another one.
  [
    "interface-enabled-match + interface-address-unique",
    {
      silent: "interface-address-unique",
      leftOut: "interface-enabled-match",
      because: "the interface is off, and two nodes would have one address if it were on",
    },
  ],
  [
    "pfsync-interface-exists + pfsync-subnet-match 4",
    {
      silent: "pfsync-subnet-match",
      leftOut: "pfsync-interface-exists",
      because: "the secondary has no sync interface, and one that reaches nobody would be no better",
    },
  ],
  ["system-hostname-unique + proxmox-link-up", { silent: "proxmox-link-up", because: "no machine can be told" }],
  ["pfsync-enabled + pfsync-subnet-match 2", { silent: "pfsync-subnet-match", because: "pfsync is off" }],
  ["xmlrpc-sections-chosen + sync-filter-current", { silent: "sync-filter-current", because: "nothing is sent" }],
  ["version-match + sync-alias-current", { silent: "sync-alias-current", because: "no sync takes place" }],
  [
    "kea-ha-enabled + kea-ha-names",
    {
      silent: "kea-ha-names",
      also: "sync-dhcp-current",
      because: "names matter once it is on; sync carries them anyway",
    },
  ],
  [
    "carp-subnet-member + carp-mask-interface",
    { silent: "carp-mask-interface", because: "the interface's prefix length is that of another network" },
  ],
  ["system-node-distinct + vip-alias-parent"],
  // By chance.
  ["filter-pass-after-sync + vip-interface-usable + pfsync-subnet-match 2"],
  ["carp-advbase-match + interface-linklocal-blocked + interface-subnet-match"],
  ["ipsec-mobike-off + dns-outgoing-vip + ra-interface-vip"],
  ["gateway-name-exists + dhcp-gateway-vip + sync-nat-current"],
  ["sync-user-current + proxmox-segment-match + dhcp-failover-set + xmlrpc-account-usable"],
  ["xmlrpc-sections-other + proxmox-link-up + xmlrpc-target-address + nat-vip-synced"],
  ["pfsync-subnet-match + filter-pfsync-pass + xmlrpc-target-format"],
  ["xml-nonascii-cdata + dhcp-dns-vip + xmlrpc-account-dedicated + xml-flag-value"],
  ["carp-password-set + dhcp-pool-conflict + sync-vip-lost + sync-alias-current"],
  ["kea-ha-tls + interface-device-match + pfsync-state-policy + kea-ha-role"],
  ["filter-alias-synced + pfsync-interface-static 2 + nat-node-address + vip-uniqid-unique"],
  [
    "wan-private-blocking + interface-mac-unique + carp-advskew-set + carp-vip-match",
    {
      leftOut: "carp-vip-match",
      because: "with the primary's advskew missing, sync would write a VIP that fights its twin",
    },
  ],
  ["interface-description-match + sync-route-current + carp-interval-default + pfsync-interface-match"],
  ["pfsync-peer-match + xmlrpc-target-format + dns-dyndns-both"],
];

const everything: FixSettings = { nodes: ["primary", "secondary"], unsafe: true };
const asked: readonly FixSettings[] = [{}, { unsafe: true }, { nodes: ["primary"], unsafe: true }, everything];

const fix = ({ files, settings }: Combined, how: FixSettings): Promise<FixOutcome> =>
  fixCluster(clusterFrom(files, settings), rules, settings, how);

const keysOf = (found: readonly Diagnostic[]): readonly string[] => found.map(problemOf);
const rulesOf = (leftOut: readonly LeftOut[]): readonly string[] => leftOut.map(({ diagnostic }) => diagnostic.rule);

/** Fixes come to an end, leave nothing that they could do but for what they say, and change nothing if made again. */
async function checkFixes(combined: Combined, how: FixSettings): Promise<FixOutcome> {
  const outcome = await fix(combined, how);
  const { primary, secondary, leftOut } = outcome;
  const files = { ...combined.files, primary: primary.after.source.text, secondary: secondary.after.source.text };
  const again = await fix({ ...combined, files }, how);
  expect(keysOf(again.applied)).toEqual([]);
  expect(again.primary.after).toBe(again.primary.before);
  expect(again.secondary.after).toBe(again.secondary.before);
  expect(keysOf(again.leftOut.map(({ diagnostic }) => diagnostic))).toEqual(
    keysOf(leftOut.map(({ diagnostic }) => diagnostic)),
  );
  return outcome;
}

describe("faults of a cluster at once:", () => {
  test.for(combinations)("%s", async ([names, { silent = "", also = "", leftOut = "" } = {}]) => {
    const chosen = named(names);
    const combined = together(chosen);
    const { diagnostics } = await lintFiles(combined.files, rules, combined.settings);
    const expected = new Set([...chosen.flatMap((one) => [one.rule, ...(one.also ?? [])]), ...also.split(" ")]);
    for (const rule of ["", ...silent.split(" ")]) expected.delete(rule);
    expect(new Set(diagnostics.map(({ rule }) => rule))).toEqual(expected);
    const left = new Set<string>();
    for (const how of asked) for (const rule of rulesOf((await checkFixes(combined, how)).leftOut)) left.add(rule);
    expect([...left].join(" ")).toBe(leftOut);
  });

  test("every exception has its reason", () => {
    for (const [names, { silent, also, leftOut, because } = {}] of combinations) {
      if (silent ?? also ?? leftOut) expect(because, names).toBeDefined();
    }
  });
});

test("fixes of faults that meet by chance", async () => {
  const next = random(20261124);
  const loading = faults.filter(({ rule }) => !/^xml-(?:well-formed|element-unique|mixed-content)$/.test(rule));
  for (let i = 0; i < 8; ) {
    const first = pick(next, loading);
    const others = loading.filter((one) => one !== first && clusterOf(one) === clusterOf(first));
    const chosen = [first, ...Array.from({ length: 1 + below(next, 3) }, () => pick(next, others))];
    let combined: Combined;
    try {
      combined = together([...new Set(chosen)]);
    } catch {
      continue;
    }
    i++;
    await checkFixes(combined, everything);
    await checkFixes(combined, {});
  }
});
