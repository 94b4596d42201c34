import { describe, expect, test } from "vitest";
import { filterInterfaceSynced } from "../../src/rules/filter-interface-synced.ts";
import { filterNodeAddress } from "../../src/rules/filter-node-address.ts";
import { filterReferenceSynced } from "../../src/rules/filter-reference-synced.ts";
import { alias, rule as written } from "../support/filter.ts";
import { change, type Files, fixed, lintFiles, report, small } from "../support/pair.ts";

const rules = (files: Files, ...more: readonly string[]): Files =>
  change(files, "both", "</filter>", `${more.join("")}</filter>`);
const section = (files: Files, where: keyof Files | "both", xml: string): Files =>
  change(files, where, "<virtualip>", `${xml}<virtualip>`);
const box = (files: Files, name: string): Files =>
  change(files, "primary", `<synchronize${name}>on</synchronize${name}>`, "");

describe("filter-interface-synced", () => {
  const group = (name: string, members: string): string =>
    `<ifgroups><ifgroupentry><ifname>${name}</ifname><members>${members}</members></ifgroupentry></ifgroups>`;
  const inside = written({ interface: "INSIDE", descr: "x" });
  const found = (files: Files) => report(filterInterfaceSynced, files);

  test.for([
    ["a group that nobody has", rules(small, inside)],
    [
      "an interface that the secondary lacks, which interface-set-match reports",
      rules(
        change(small, "primary", "</interfaces>", "<opt2><enable></enable><if>igb3</if></opt2></interfaces>"),
        written({ interface: "opt2" }),
      ),
    ],
    [
      "a disabled rule",
      rules(
        section(small, "primary", group("INSIDE", "lan")),
        written({ interface: "INSIDE", more: "<disabled></disabled>" }),
      ),
    ],
    ["floating rules on everything", rules(small, written({ interface: "any", more: "<floating>yes</floating>" }))],
    [
      "OpenVPN that travels",
      rules(
        section(small, "primary", "<openvpn><openvpn-server><vpnid>1</vpnid></openvpn-server></openvpn>"),
        written({ interface: "openvpn" }),
      ),
    ],
  ] as const)("accepts %s", async ([, files]) => {
    expect(await found(files)).toBe("");
  });

  test("reports each group once, in floating rules as well", async () => {
    const floating = written({ interface: "lan,INSIDE", more: "<floating>yes</floating>" });
    const { diagnostics } = await lintFiles(
      rules(section(small, "primary", group("INSIDE", "lan")), floating, inside),
      [filterInterfaceSynced],
    );
    expect(diagnostics.map(({ subject }) => subject)).toEqual(["ifgroup/INSIDE"]);
  });

  test("reports OpenVPN that stays at home, without a fix", async () => {
    const server = section(small, "primary", "<openvpn><openvpn-server><vpnid>1</vpnid></openvpn-server></openvpn>");
    const text = await found(box(rules(server, written({ interface: "openvpn", descr: "x" })), "openvpn"));
    expect(text).toContain('rule "x" on openvpn: expected openvpn in use on the secondary after a sync');
    expect(text).not.toContain("fix:");
  });

  test("copies the group, or its members, to the secondary", async () => {
    const before = rules(section(small, "primary", group("INSIDE", "lan opt1")), inside);
    for (const files of [
      before,
      section(before, "secondary", group("INSIDE", "wan")),
      section(before, "secondary", group("OTHER", "wan")),
    ]) {
      const after = await fixed(filterInterfaceSynced, files);
      expect(after.primary).toBe(files.primary);
      expect(await found(after)).toBe("");
    }
  });
});

describe("filter-reference-synced", () => {
  const gateway = (name: string): string =>
    `<gateway_item><interface>wan</interface><gateway>198.51.100.9</gateway><name>${name}</name></gateway_item>`;
  const gateways = (files: Files, where: keyof Files | "both", xml: string): Files =>
    change(files, where, "<gateways>", `<gateways>${xml}`);
  const shaper = (tag: string, xml: string): string => `<${tag}>${xml}</${tag}>`;
  const via = (name: string, tag = "gateway"): string => written({ descr: name, more: `<${tag}>${name}</${tag}>` });
  const found = (files: Files) => report(filterReferenceSynced, files);

  test.for([
    ["a gateway that travels", rules(gateways(small, "primary", gateway("B")), via("B"))],
    ["a gateway that nobody has", box(rules(small, via("B")), "staticroutes")],
    [
      "a gateway that pfSense makes",
      box(
        rules(change(small, "both", /<ipaddr>198\.51\.100\.\d+<\/ipaddr>/, "<ipaddr>dhcp</ipaddr>"), via("WAN_DHCP")),
        "staticroutes",
      ),
    ],
    [
      "a rule that stays",
      box(
        rules(gateways(small, "primary", gateway("B")), written({ more: "<gateway>B</gateway><nosync></nosync>" })),
        "staticroutes",
      ),
    ],
    [
      "a queue inside another",
      rules(
        section(small, "primary", shaper("shaper", "<queue><name>wan</name><queue><name>qVoIP</name></queue></queue>")),
        via("qVoIP", "defaultqueue"),
      ),
    ],
  ] as const)("accepts %s", async ([, files]) => {
    expect(await found(files)).toBe("");
  });

  test.for([
    [
      "a gateway",
      box(rules(gateways(small, "primary", gateway("B")), via("B")), "staticroutes"),
      "expected gateway B on the secondary",
    ],
    [
      "a gateway group",
      box(
        rules(
          gateways(small, "primary", "<gateway_group><name>G</name><item>WANGW|1|address</item></gateway_group>"),
          via("G"),
        ),
        "staticroutes",
      ),
      "expected gateway G on the secondary",
    ],
    [
      "a queue",
      box(
        rules(
          section(
            small,
            "primary",
            shaper("shaper", "<queue><name>wan</name><queue><name>qVoIP</name></queue></queue>"),
          ),
          via("qVoIP", "ackqueue"),
        ),
        "trafficshaper",
      ),
      "expected queue qVoIP on the secondary",
    ],
    [
      "the limiter of the way back",
      box(
        rules(
          section(small, "primary", shaper("dnshaper", "<queue><name>Down</name></queue>")),
          via("Down", "pdnpipe"),
        ),
        "trafficshaperlimiter",
      ),
      "expected limiter Down on the secondary",
    ],
  ] as const)("reports %s", async ([, files, expected]) => {
    expect(await found(files)).toContain(expected);
  });

  test("tells a name once, and counts the other rules", async () => {
    const files = box(rules(gateways(small, "primary", gateway("B")), via("B"), via("B"), via("B")), "staticroutes");
    expect(await found(files)).toContain('rule "B" on lan and 2 more rules: expected gateway B');
    expect((await lintFiles(files, [filterReferenceSynced])).diagnostics).toHaveLength(1);
  });
});

describe("filter-node-address", () => {
  const found = (files: Files) => report(filterNodeAddress, files);
  const aliases = (files: Files, xml: string): Files => change(files, "both", "</aliases>", `${xml}</aliases>`);
  const to = (address: string, more: object = {}): string =>
    written({ interface: "wan", destination: `<address>${address}</address>`, ...more });
  const hosts = (...ips: readonly string[]): string =>
    `<unbound>${ips.map((ip) => `<hosts><host>pf</host><ip>${ip}</ip></hosts>`).join("")}</unbound>`;

  test.for([
    ["the VIP", rules(small, to("198.51.100.10"))],
    ["the secondary's address, which is right there", rules(small, to("198.51.100.12"))],
    ["both ends of one rule", rules(small, to("198.51.100.11", { source: "<address>198.51.100.12</address>" }))],
    ["rules on the sync interface", rules(small, to("198.51.100.11", { interface: "opt1" }))],
    ["a rule that stays", rules(small, to("198.51.100.11", { more: "<nosync></nosync>" }))],
    ["a network around the address", rules(small, to("198.51.100.0/28"))],
    ["an alias of both", aliases(small, alias("pf", "host", "192.168.7.11 192.168.7.12"))],
    [
      "an alias with the network of the other",
      aliases(small, alias("pf", "network", "192.168.7.11/32 192.168.7.12/31")),
    ],
    [
      "an alias that stays",
      aliases(small, alias("pf", "host", "192.168.7.11").replace("</alias>", "<nosync></nosync></alias>")),
    ],
    ["aliases that are not selected", box(aliases(small, alias("pf", "host", "192.168.7.11")), "aliases")],
    ["host overrides for each node", section(small, "both", hosts("192.168.7.11", "192.168.7.12"))],
    [
      "an address on an interface that is off",
      change(rules(small, to("198.51.100.11")), "primary", /<enable><\/enable>(\s*<if>igb0)/, "$1"),
    ],
  ] as const)("accepts %s", async ([, files]) => {
    expect(await found(files)).toBe("");
  });

  test.for([
    [
      "a rule",
      rules(small, to("198.51.100.11")),
      "expected 198.51.100.12, the secondary's address on wan, beside 198.51.100.11",
    ],
    ["a host network", rules(small, to("198.51.100.11/32")), "beside 198.51.100.11"],
    [
      "an alias with the secondary's address on another interface",
      aliases(small, alias("pf", "host", "192.168.7.11 198.51.100.12")),
      "alias pf: expected 192.168.7.12",
    ],
    [
      "a host override",
      section(small, "both", hosts("192.168.7.11")),
      "host overrides of the DNS Resolver: expected 192.168.7.12",
    ],
  ] as const)("reports %s", async ([, files, expected]) => {
    expect(await found(files)).toContain(expected);
  });
});
