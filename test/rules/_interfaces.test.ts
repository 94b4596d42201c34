import { describe, expect, test } from "vitest";
import {
  carriesCarp,
  exchanges,
  halfVpns,
  isMisordered,
  isMissedOn,
  isSyncInterface,
  networksAgree,
  sharedInterfaces,
  useOf,
} from "../../src/rules/_interfaces.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { change, clusterFrom, type Files, small } from "../support/pair.ts";
import { addVip } from "../support/vips.ts";

const net = (third: number, host: number): string => `172.16.${third}.${host}/24`;
const v6 = (third: number, host: number): string =>
  `<ipaddrv6>2001:db8:${third}::${host}</ipaddrv6><subnetv6>64</subnetv6>`;
const keysOf = (files: Files): readonly (readonly string[])[] => exchanges(clusterFrom(files)).map(({ keys }) => keys);

describe("keys that have changed places", () => {
  test("are one set where moves touch each other, whatever their order", () => {
    const files = withInterfaces(
      [
        { key: "opt2", more: net(5, 1) },
        { key: "opt3", more: net(6, 1) },
        { key: "opt4", more: net(7, 1) },
        { key: "opt5", more: net(8, 1) },
      ],
      [
        { key: "opt2", more: net(6, 2) },
        { key: "opt3", more: net(5, 2) },
        { key: "opt4", more: net(8, 2) },
        { key: "opt5", more: net(7, 2) },
      ],
    );
    expect(keysOf(files)).toEqual([
      ["opt2", "opt3"],
      ["opt4", "opt5"],
    ]);
    // A key in between makes them one.
    const chain = withInterfaces(
      [
        { key: "opt2", more: net(5, 1) },
        { key: "opt4", more: net(7, 1) },
        { key: "opt3", more: net(6, 1) },
      ],
      [
        { key: "opt3", more: net(5, 2) },
        { key: "opt5", more: net(7, 2) },
        { key: "opt4", more: net(6, 2) },
      ],
    );
    expect(keysOf(chain)).toEqual([["opt2", "opt3", "opt4", "opt5"]]);
  });

  test.for([
    ["an interface that is off", [{ key: "opt2", off: true, more: net(5, 1) }], [{ key: "opt3", more: net(5, 2) }]],
    [
      "one that is off on the secondary",
      [{ key: "opt2", more: net(5, 1) }],
      [{ key: "opt3", off: true, more: net(5, 2) }],
    ],
    [
      "an address that cannot be read under the key itself",
      [{ key: "opt2", more: net(5, 1) }],
      [
        { key: "opt2", more: "<ipaddr>172.16.5.</ipaddr>" },
        { key: "opt3", more: net(5, 2) },
      ],
    ],
    [
      "one network under the key and another",
      [{ key: "opt2", more: net(5, 1) }],
      [
        { key: "opt2", more: net(5, 2) },
        { key: "opt3", more: net(5, 3) },
      ],
    ],
    [
      "names where one of the networks is known",
      [{ key: "opt2", descr: "RED", more: net(5, 1) }],
      [
        { key: "opt2", descr: "BLUE" },
        { key: "opt3", descr: "RED" },
      ],
    ],
    ["a name that only one node has under any key", [{ key: "opt2", descr: "RED" }], [{ key: "opt3", descr: "RED" }]],
  ] as const)("are none for %s", ([, primary, secondary]) => {
    expect(keysOf(withInterfaces(primary, secondary))).toEqual([]);
  });

  test("leave no VPN on one node alone to report", () => {
    const files = withInterfaces(
      [
        { key: "opt2", device: "tun_wg0", more: net(5, 1) },
        { key: "opt3", more: net(6, 1) },
      ],
      [
        { key: "opt2", more: net(6, 2) },
        { key: "opt3", device: "tun_wg0", more: net(5, 2) },
      ],
    );
    expect(halfVpns(clusterFrom(files))).toEqual([]);
    expect(isMisordered(clusterFrom(files), "opt2")).toBe(true);
  });
});

describe("a VPN on one node alone", () => {
  const pair = (primary: object, secondary: object) =>
    clusterFrom(withInterfaces([{ key: "opt2", ...primary }], [{ key: "opt2", ...secondary }]));
  test.for([
    ["counts", pair({ device: "ovpns1" }, { device: "igb7_vlan10" }), ["opt2"]],
    ["is on both", pair({ device: "ovpns1" }, { device: "ovpns2" }), []],
    ["is off on the secondary", pair({ device: "ovpns1" }, { off: true }), []],
    ["is off on the primary", pair({ device: "ovpns1", off: true }, {}), []],
  ] as const)("%s", ([, cluster, keys]) => {
    expect(halfVpns(cluster).map(({ primary }) => primary.key)).toEqual(keys);
    const shared = sharedInterfaces(cluster).map(({ primary }) => primary.key);
    expect(shared.includes("opt2")).toBe(
      keys.length === 0 && cluster.nodes.every(({ config }) => config.interface("opt2")?.enabled),
    );
  });
});

test.for([
  ["two networks that are one", net(5, 1), net(5, 2), true],
  ["two networks", net(5, 1), net(6, 2), false],
  ["a static and a dynamic address", net(5, 1), "<ipaddr>dhcp</ipaddr>", undefined],
  ["one IPv6 network beside nothing known of IPv4", v6(5, 1), v6(5, 2), true],
  [
    "two IPv6 networks beside one of IPv4",
    `<ipaddr>172.16.5.1</ipaddr><subnet>24</subnet>${v6(5, 1)}`,
    `<ipaddr>172.16.5.2</ipaddr><subnet>24</subnet>${v6(6, 2)}`,
    false,
  ],
  ["two families that do not meet", net(5, 1), v6(5, 2), undefined],
] as const)("%s: they agree: %s", ([, here, there, expected]) => {
  const cluster = clusterFrom(withInterfaces([{ key: "opt2", more: here }], [{ key: "opt2", more: there }]));
  const pair = cluster.interfaces.pairs.find(({ primary }) => primary.key === "opt2");
  expect(pair && networksAgree(pair)).toBe(expected);
});

describe("an interface that a node lacks", () => {
  const off = (files: Files, device: string): Files =>
    change(files, "secondary", `<enable></enable>\n\t\t\t<if>${device}</if>`, `<if>${device}</if>`);
  const one = { key: "opt2", more: net(5, 1) };
  test.for([
    ["is not there", withInterfaces([one], []), "opt2", true],
    ["is off, and a VIP needs it", off(small, "igb1"), "lan", true],
    ["is off, and nothing needs it", withInterfaces([one], [{ key: "opt2", off: true }]), "opt2", false],
    [
      "is another one of that key",
      withInterfaces(
        [one, { key: "opt3", more: net(6, 1) }],
        [
          { key: "opt2", off: true },
          { key: "opt3", more: net(5, 2) },
        ],
      ),
      "opt2",
      true,
    ],
    ["is on both", small, "lan", false],
    ["is on neither", small, "opt9", false],
    ["is the other node's to lack", withInterfaces([], [one]), "opt2", false],
  ] as const)("%s", ([, files, key, expected]) => {
    const cluster = clusterFrom(files);
    expect(isMissedOn(cluster, cluster.nodes[1], key)).toBe(expected);
  });
});

test.for([
  [
    "a VIP before pfsync",
    addVip(small, "primary", { interface: "opt1", subnet: "10.99.0.3", bits: "30" }),
    "opt1",
    "used by VHID 9 on opt1",
  ],
  ["pfsync", small, "opt1", "used by pfsync"],
  ["DHCP", change(small, "both", /<virtualip>[\s\S]*<\/virtualip>/, ""), "lan", "used by the DHCP server"],
  ["nothing", small, "opt9", undefined],
] as const)("what needs an interface: %s", ([, files, key, message]) => {
  expect(useOf(clusterFrom(files), key)?.message).toBe(message);
});

test("carries pfsync only where that is on, on a node that chose it", () => {
  const cluster = clusterFrom(small);
  expect(isSyncInterface(cluster, "opt1")).toBe(true);
  expect(isSyncInterface(cluster, "lan")).toBe(false);
  const off = change(small, "both", "<pfsyncenabled>on</pfsyncenabled>", "");
  expect(isSyncInterface(clusterFrom(off), "opt1")).toBe(false);
  const other = change(small, "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<");
  expect(["opt1", "lan", "wan"].map((key) => isSyncInterface(clusterFrom(other), key))).toEqual([true, true, false]);
});

test("carries CARP VIPs by family, of either node", () => {
  const own = addVip(small, "secondary", { interface: "opt1", subnet: "2001:db8::1", bits: "64" });
  const cluster = clusterFrom(own);
  expect([undefined, 4, 6].map((family) => carriesCarp(cluster, "opt1", family as 4 | 6 | undefined))).toEqual([
    true,
    false,
    true,
  ]);
  expect(carriesCarp(cluster, "lan", 6)).toBe(false);
});
