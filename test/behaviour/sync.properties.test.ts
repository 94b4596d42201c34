import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { syncedAdvskew } from "../../src/behaviour/carp-skew.ts";
import { plan } from "../../src/behaviour/plan.ts";
import { afterSync, type SyncResult, syncOf } from "../../src/behaviour/xmlrpc-sync.ts";
import { clusterOf } from "../../src/cluster/cluster.ts";
import type { Config } from "../../src/model/config.ts";
import { syncBoxes } from "../../src/model/hasync.ts";
import { sameTree } from "../../src/model/patch.ts";
import type { Tree } from "../../src/model/tree.ts";
import { configOf } from "../support/pair.ts";

/** A configuration as plain data: what XMLRPC sync treats in ways of its own. */
interface Node {
  readonly version: string;
  readonly boxes: readonly string[];
  readonly rules: readonly Entry[];
  readonly nat: readonly Entry[];
  readonly aliases: readonly Entry[];
  readonly hosts: readonly Entry[];
  readonly vips: readonly VipEntry[];
  readonly users: readonly { readonly name: string; readonly uid: number; readonly descr: string }[];
  readonly gateways: readonly string[];
  readonly groups: readonly string[];
  readonly zones: readonly string[];
  readonly keaRole: string;
}
interface Entry {
  readonly key: number;
  readonly descr: string;
  readonly nosync: boolean;
}
interface VipEntry {
  readonly mode: string;
  readonly on: string;
  readonly vhid: number;
  readonly advskew: string;
}

const element = (name: string, value: string | readonly string[]): string =>
  `<${name}>${typeof value === "string" ? value : value.join("")}</${name}>`;
const leaves = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).map(([name, value]) => element(name, value));

const entryOf =
  (name: string, key: string) =>
  (entry: Entry): string =>
    element(name, leaves({ [key]: `k${entry.key}`, descr: entry.descr, ...(entry.nosync && { nosync: "" }) }));

const vipOf = ({ mode, on, vhid, advskew }: VipEntry, index: number): string =>
  element("vip", [
    ...leaves({ mode, interface: on, subnet: `192.168.7.${vhid}`, subnet_bits: "24" }),
    ...(mode === "carp" ? leaves({ vhid: String(vhid), advskew, uniqid: `u${index}` }) : []),
  ]);

/** The primary is .1 on the sync network, the secondary .2; the primary sends to the secondary. */
function config(node: Node, host: 1 | 2): Config {
  const root = element("pfsense", [
    element("version", node.version),
    element("system", [
      ...node.users.map(({ name, uid, descr }) => element("user", leaves({ name, uid: String(uid), descr }))),
      element("group", leaves({ name: "admins", gid: "1999" })),
      ...leaves({ nextuid: "2100", nextgid: "2100" }),
    ]),
    element("interfaces", [element("opt1", leaves({ enable: "", ipaddr: `10.99.0.${host}`, subnet: "30" }))]),
    element("filter", node.rules.map(entryOf("rule", "tracker"))),
    element("nat", [
      element("outbound", node.nat.map(entryOf("rule", "target"))),
      ...node.nat.map(entryOf("rule", "target")),
    ]),
    element("aliases", node.aliases.map(entryOf("alias", "name"))),
    element("dnsmasq", node.hosts.map(entryOf("hosts", "host"))),
    element("virtualip", node.vips.map(vipOf)),
    element("gateways", [
      ...node.gateways.map((name) => element("gateway_item", leaves({ name }))),
      ...node.groups.map((name) => element("gateway_group", leaves({ name }))),
    ]),
    element("dhcpd", [element("lan", leaves({ enable: "" }))]),
    element("kea", [element("ha", leaves({ role: node.keaRole, localip: `10.99.0.${host}`, localname: `n${host}` }))]),
    element(
      "captiveportal",
      node.zones.map((zone) => element(zone, leaves({ zone, backwardsyncip: `10.0.0.${host}` }))),
    ),
    element("hasync", [
      ...(host === 1 ? leaves({ synchronizetoip: "10.99.0.2" }) : []),
      ...(host === 1 ? node.boxes.map((box) => element(`synchronize${box}`, "on")) : []),
    ]),
  ]);
  return configOf(root, host === 1 ? "primary.xml" : "secondary.xml");
}

const entry = (): fc.Arbitrary<Entry> =>
  fc.record({ key: fc.nat(6), descr: fc.constantFrom("", "a", "b"), nosync: fc.boolean() });
const entries = (): fc.Arbitrary<Entry[]> => fc.uniqueArray(entry(), { maxLength: 4, selector: ({ key }) => key });
const vip = (): fc.Arbitrary<VipEntry> =>
  fc.record({
    mode: fc.constantFrom("carp", "ipalias", "proxyarp", "other"),
    on: fc.constantFrom("wan", "lan", "lo0", "_vipu0"),
    vhid: fc.integer({ min: 1, max: 9 }),
    advskew: fc.constantFrom("", "0", "100", "200", "254"),
  });
const names = (all: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...all]);

const anyNode = (version: string): fc.Arbitrary<Node> =>
  fc.record({
    version: fc.constant(version),
    boxes: fc.subarray([...syncBoxes]),
    rules: entries(),
    nat: entries(),
    aliases: entries(),
    hosts: entries(),
    vips: fc.array(vip(), { maxLength: 5 }),
    users: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("admin", "anna", "ben", "zoe"),
        uid: fc.constantFrom(0, 1999, 2000, 2001, 65001),
        descr: fc.constantFrom("x", "y"),
      }),
      { maxLength: 4, selector: ({ name }) => name },
    ),
    gateways: names(["GW1", "GW2"]),
    groups: names(["G1"]),
    zones: names(["guest", "old"]),
    keaRole: fc.constantFrom("primary", "standby"),
  });

/** The primary's data and the secondary's. */
type Nodes = readonly [Node, Node];
const anyNodes = (): fc.Arbitrary<Nodes> =>
  fc.constantFrom("23.3", "24.5").chain((version) => fc.tuple(anyNode(version), anyNode(version)));

const pairOf = ([sent, own]: Nodes): { primary: Config; secondary: Config } => ({
  primary: config(sent, 1),
  secondary: config(own, 2),
});

const isLocal = ({ mode, on }: VipEntry): boolean =>
  ["ipalias", "proxyarp"].includes(mode) && ["wan", "lan"].includes(on);

/** Both nodes keep these, and the primary sends them all the same. */
const multiplies = ({ mode, on }: VipEntry): boolean => ["proxyarp", "other"].includes(mode) && on === "lo0";

/**
 * Two or more local VIPs change places at every sync, of several accounts that go, some go later, and those above uid
 * 65000 are added without being removed.
 */
const settles = ([sent, own]: Nodes): boolean => {
  const vipsTurn = own.vips.filter(isLocal).length > 1 || [...sent.vips, ...own.vips].some(multiplies);
  const again = sent.users.some(({ uid }) => uid > 65000);
  // Nobody has two accounts of one number, nor one name under two: no file that pfSense wrote does.
  const odd = [sent, own].some(({ users }) => new Set(users.map(({ uid }) => uid)).size < users.length);
  const lonely = own.users.some(({ name }) => !sent.users.some((user) => user.name === name));
  return !(sent.boxes.includes("virtualip") && vipsTurn) && !(sent.boxes.includes("users") && (lonely || again || odd));
};

const same = (a: Config, b: Config): boolean => sameTree(a.tree, b.tree, a.dialect.isList);
const check = (property: fc.IProperty<[Nodes]>): void => fc.assert(property, { numRuns: 150 });

describe("a sync of any pair", () => {
  test("leaves nothing to do for a second one, where pfSense's does not", () => {
    check(
      fc.property(anyNodes(), (nodes) => {
        const { primary, secondary } = pairOf(nodes);
        fc.pre(settles(nodes));
        const once = syncOf(primary, secondary);
        const twice = syncOf(primary, once.config);
        expect(twice.performed).toBe(once.performed);
        expect(same(once.config, twice.config)).toBe(true);
        expect(plan(clusterOf(primary, once.config, primary)).sections).toEqual([]);
      }),
    );
  });

  test("turns the local VIPs of the secondary round, and back", () => {
    check(
      fc.property(anyNodes(), (nodes) => {
        const { primary, secondary } = pairOf(nodes);
        fc.pre(nodes[0].boxes.includes("virtualip") && !nodes.some(({ vips }) => vips.some(multiplies)));
        const vips = (config: Config): readonly Tree[] => config.tree.section("virtualip").list("vip");
        const once = vips(syncOf(primary, secondary).config);
        const local = once.slice(0, nodes[1].vips.filter(isLocal).length);
        expect(local).toEqual([...vips(secondary).filter((one) => local.includes(one))].reverse());
        const thrice = syncOf(primary, syncOf(primary, syncOf(primary, secondary).config).config).config;
        expect(vips(thrice).slice(0, local.length)).toEqual(local);
      }),
    );
  });

  test("changes nothing where nothing is selected, or nobody is told where to", () => {
    check(
      fc.property(anyNodes(), (nodes) => {
        const { secondary } = pairOf(nodes);
        const result = syncOf(config({ ...nodes[0], boxes: [] }, 1), secondary);
        expect(result).toMatchObject({ performed: false, reason: "no section is selected on the primary" });
        expect(result.config).toBe(secondary);
        expect(syncOf(config(nodes[0], 2), secondary).obstacle?.kind).toBe("no-target");
      }),
    );
  });

  test("touches no section that is not selected", () => {
    const sections = {
      rules: "filter",
      nat: "nat",
      aliases: "aliases",
      virtualip: "virtualip",
      staticroutes: "gateways",
    };
    check(
      fc.property(anyNodes(), (nodes) => {
        const { primary, secondary } = pairOf(nodes);
        const after = syncOf(primary, secondary).config;
        for (const [box, name] of Object.entries(sections)) {
          if (!nodes[0].boxes.includes(box)) expect(after.tree.get(name)).toBe(secondary.tree.get(name));
        }
        for (const name of ["version", "interfaces"]) expect(after.tree.get(name)).toBe(secondary.tree.get(name));
      }),
    );
  });

  test("brings no entry that is to stay at home", () => {
    check(
      fc.property(anyNodes(), (nodes) => {
        const [sent] = nodes;
        const { primary, secondary } = pairOf(nodes);
        const { tree } = syncOf(primary, secondary).config;
        const kept: [string, string, string][] = [
          ["rules", "filter", "rule"],
          ["nat", "nat", "rule"],
          ["nat", "nat/outbound", "rule"],
          ["aliases", "aliases", "alias"],
          ["dnsforwarder", "dnsmasq", "hosts"],
        ];
        for (const [box, section, list] of kept) {
          if (!sent.boxes.includes(box)) continue;
          const found = tree.path(section).list(list);
          const entries = {
            rule: section === "filter" ? sent.rules : sent.nat,
            alias: sent.aliases,
            hosts: sent.hosts,
          }[list];
          if (section === "dnsmasq" && sent.hosts.length === 0) continue;
          expect(found.some((one) => one.has("nosync"))).toBe(false);
          expect(found.length).toBe(entries?.filter(({ nosync }) => !nosync).length);
        }
      }),
    );
  });

  test("slows down each CARP VIP by 100, up to 254", () => {
    check(
      fc.property(anyNodes(), (nodes) => {
        const [sent] = nodes;
        const { primary, secondary } = pairOf(nodes);
        fc.pre(sent.boxes.includes("virtualip"));
        const found = syncOf(primary, secondary).config.carpVips.map(({ advskew }) => advskew.text);
        const skews = sent.vips.filter(({ mode }) => mode === "carp").map(({ advskew }) => advskew);
        expect(found).toEqual(skews.map((skew) => (skew === "" ? "" : String(syncedAdvskew(Number(skew))))));
      }),
    );
  });

  test("keeps the place in a file of every part of the result", () => {
    check(
      fc.property(anyNodes(), (nodes) => {
        const { primary, secondary } = pairOf(nodes);
        const walk = (tree: Tree): void => {
          expect([primary.source, secondary.source]).toContain(tree.source);
          expect(tree.at.end).toBeLessThanOrEqual(tree.source.text.length);
          for (const child of tree.children) walk(child);
        };
        walk(syncOf(primary, secondary).config.tree);
      }),
    );
  });

  test("is what a cluster says, computed once", () => {
    check(
      fc.property(anyNodes(), (nodes) => {
        const { primary, secondary } = pairOf(nodes);
        const cluster = clusterOf(primary, secondary, primary);
        const result: SyncResult = afterSync(cluster);
        expect(afterSync(cluster)).toBe(result);
        expect(same(result.config, syncOf(primary, secondary).config)).toBe(true);
      }),
    );
  });
});
