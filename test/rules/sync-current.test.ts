import { describe, expect, test } from "vitest";
import type { Rule } from "../../src/rules/rule.ts";
import { syncAliasCurrent } from "../../src/rules/sync-alias-current.ts";
import { syncDhcpCurrent } from "../../src/rules/sync-dhcp-current.ts";
import { syncDnsCurrent } from "../../src/rules/sync-dns-current.ts";
import { syncFilterCurrent } from "../../src/rules/sync-filter-current.ts";
import { syncNatCurrent } from "../../src/rules/sync-nat-current.ts";
import { syncOtherCurrent } from "../../src/rules/sync-other-current.ts";
import { syncRouteCurrent } from "../../src/rules/sync-route-current.ts";
import { syncUserCurrent } from "../../src/rules/sync-user-current.ts";
import { syncVipCurrent } from "../../src/rules/sync-vip-current.ts";
import { syncVpnCurrent } from "../../src/rules/sync-vpn-current.ts";
import { change, type Files, fixed, lintFiles, report, small } from "../support/pair.ts";

const rules: readonly Rule[] = [
  syncAliasCurrent,
  syncDhcpCurrent,
  syncDnsCurrent,
  syncFilterCurrent,
  syncNatCurrent,
  syncOtherCurrent,
  syncRouteCurrent,
  syncUserCurrent,
  syncVipCurrent,
  syncVpnCurrent,
];

/** What a rule says, without places. */
const messages = async (rule: Rule, files: Files): Promise<string[]> =>
  (await lintFiles(files, [rule])).diagnostics.map(({ message }) => message);

const alter = (
  files: Files,
  ...changes: readonly (readonly ["primary" | "secondary" | "both", string | RegExp, string])[]
): Files => changes.reduce((pair, [where, find, replacement]) => change(pair, where, find, replacement), files);

const rule = (tracker: string, descr: string, more = "", interfaceName = "lan"): string =>
  `<rule><tracker>${tracker}</tracker><type>pass</type><interface>${interfaceName}</interface>${more}<source><any></any></source><destination><any></any></destination><descr>${descr}</descr></rule>`;
const endOfRules = "\t</filter>";

describe("all rules about what sync writes", () => {
  test.for(rules.map((one) => [one.id, one] as const))(
    "%s says nothing of a pair in step, nor where the config versions differ",
    async ([, one]) => {
      expect(await report(one, small)).toBe("");
      const differing = change(
        change(small, "primary", "<version>23.3<", "<version>22.9<"),
        "secondary",
        /<descr>/g,
        "<descr>x",
      );
      const { diagnostics, notApplicable } = await lintFiles(differing, [one]);
      expect(diagnostics).toEqual([]);
      expect(notApplicable).toEqual([{ rule: one.id, reason: "the config versions differ" }]);
    },
  );

  test.for(rules.map((one) => [one.id, one] as const))("%s does not apply without a target", async ([, one]) => {
    const files = change(small, "primary", "<synchronizetoip>10.99.0.2<", "<synchronizetoip><");
    expect((await lintFiles(files, [one])).notApplicable[0]?.reason).toMatch(/^XMLRPC sync does not carry /);
  });

  test("speak of what a sync would write even where one does not get through", async () => {
    const files = alter(small, [
      "secondary",
      "<descr><![CDATA[LAN to any]]></descr>",
      "<descr><![CDATA[LAN]]></descr>",
    ]);
    const looped = change(
      files,
      "secondary",
      "\t</hasync>",
      "\t\t<synchronizetoip>10.99.0.1</synchronizetoip>\n\t</hasync>",
    );
    expect(await messages(syncFilterCurrent, looped)).toEqual([
      'rule "LAN" on lan: expected descr LAN to any, found LAN',
    ]);
  });
});

describe("sync-user-current and the account of XMLRPC sync", () => {
  const own = /(<user>\s*<name>hasync<\/name>\s*)/;
  test.for([
    ["another description", alter(small, ["secondary", own, "$1<expires></expires>"]), 1],
    ["a description of an account that is disabled", alter(small, ["secondary", own, "$1<disabled></disabled>"]), 0],
    ["one that lacks its privilege", alter(small, ["secondary", "<priv>system-xmlrpc-ha-sync</priv>", ""]), 0],
    ["one that will lack it", alter(small, ["primary", "<priv>system-xmlrpc-ha-sync</priv>", ""]), 0],
    ["one that is gone", alter(small, ["secondary", /<user>\s*<name>hasync<[\s\S]*?<\/user>/, ""]), 0],
    [
      "one that nobody logs in with, since a server is asked",
      alter(
        small,
        ["secondary", own, "$1<disabled></disabled>"],
        ["secondary", "<webgui>", "<authserver><name>D</name></authserver><webgui><authmode>D</authmode>"],
      ),
      1,
    ],
  ] as const)("%s", async ([, files, count]) => {
    const { diagnostics } = await lintFiles(files, [syncUserCurrent]);
    expect(diagnostics.filter(({ subject }) => subject === "user/hasync")).toHaveLength(count);
  });
});

describe("sync-filter-current", () => {
  const pair = (primary: string, secondary: string): Files =>
    alter(
      small,
      ["primary", endOfRules, `${primary}${endOfRules}`],
      ["secondary", endOfRules, `${secondary}${endOfRules}`],
    );

  test.for([
    ["order within an interface", rule("1", "a") + rule("2", "b"), rule("2", "b") + rule("1", "a"), 1],
    [
      "one rule that moved past two",
      rule("1", "a") + rule("2", "b") + rule("3", "c"),
      rule("3", "c") + rule("1", "a") + rule("2", "b"),
      1,
    ],
    [
      "order among floating rules",
      rule("1", "a", "<floating>yes</floating>", "wan") + rule("2", "b", "<floating>yes</floating>"),
      rule("2", "b", "<floating>yes</floating>") + rule("1", "a", "<floating>yes</floating>", "wan"),
      1,
    ],
    [
      "order between interfaces",
      rule("1", "a") + rule("2", "b", "", "wan"),
      rule("2", "b", "", "wan") + rule("1", "a"),
      0,
    ],
    [
      "order between a floating rule and one of its interface",
      rule("1", "a", "<floating>yes</floating>") + rule("2", "b"),
      rule("2", "b") + rule("1", "a", "<floating>yes</floating>"),
      0,
    ],
    ["a rule that differs in two fields", rule("1", "a"), rule("1", "b", "<log></log>"), 1],
    ["two rules of one tracker", rule("1", "a") + rule("1", "b"), rule("1", "b") + rule("1", "a"), 1],
    ["rules without trackers", rule("", "a") + rule("", "b"), rule("", "a") + rule("", "c"), 1],
    ["a rule that was typed in on both nodes", rule("1", "a"), rule("2", "a"), 0],
    ["separators", "<separator><lan><sep0><text>x</text></sep0></lan></separator>", "", 0],
  ] as const)("of %s", async ([, primary, secondary, count]) => {
    const files = pair(primary, secondary);
    expect(await messages(syncFilterCurrent, files)).toHaveLength(count);
    expect(await messages(syncFilterCurrent, await fixed(syncFilterCurrent, files))).toEqual([]);
  });

  test("puts missing rules where the primary has them, among the rules of their interface", async () => {
    const files = alter(
      small,
      ["primary", /(\t<filter>\n)/, `$1${rule("1", "first")}`],
      ["primary", endOfRules, `${rule("2", "last")}${rule("3", "on wan", "", "wan")}${endOfRules}`],
    );
    expect(await messages(syncFilterCurrent, files)).toEqual([
      'rule "first" on lan: expected on both nodes, found on the primary only',
      'rule "last" on lan: expected on both nodes, found on the primary only',
      'rule "on wan" on wan: expected on both nodes, found on the primary only',
    ]);
    const { secondary } = await fixed(syncFilterCurrent, files);
    const trackers = [...secondary.matchAll(/<tracker>(\d+)<\/tracker>/g)].map(([, tracker]) => tracker);
    expect(trackers).toEqual(["1", "1690000001", "2", "1690000002", "1690000003", "3"]);
  });

  test("names the fields that differ, not their values, where there are several", async () => {
    expect(await messages(syncFilterCurrent, pair(rule("1", "a"), rule("1", "b", "<log></log>")))).toEqual([
      'rule "b" on lan: expected what XMLRPC sync writes, found log, descr otherwise',
    ]);
  });
});

describe("sync-nat-current", () => {
  test("names the mode that is missing together with its section", async () => {
    const files = change(small, "secondary", /\t<nat>[\s\S]*<\/nat>\n/, "");
    expect(await messages(syncNatCurrent, files)).toEqual([
      "nat/outbound/mode: expected hybrid, found none",
      'outbound NAT rule "LAN" on wan: expected on both nodes, found on the primary only',
    ]);
    expect(await messages(syncNatCurrent, await fixed(syncNatCurrent, files))).toEqual([]);
  });

  test.for([
    ["who changed a rule", "<created><time>1</time></created>", 0],
    ["its description", "<descr>other</descr>", 1],
  ] as const)("of %s", async ([, more, count]) => {
    const mapping = (extra: string): string =>
      `<onetoone><interface>wan</interface><external>198.51.100.10</external>${extra}</onetoone>\n\t</nat>`;
    const files = alter(small, ["primary", "\t</nat>", mapping("")], ["secondary", "\t</nat>", mapping(more)]);
    expect(await messages(syncNatCurrent, files)).toHaveLength(count);
  });
});

describe("sync-alias-current", () => {
  const members = "<address>192.168.7.80</address>";
  test.for([
    ["members", "<address>192.168.7.80 192.168.7.81</address>", 1],
    ["type", `${members}<type>network</type>`, 1],
    ["detail", `${members}<detail>two</detail>`, 0],
  ] as const)("of another %s", async ([what, replacement, count]) => {
    let files = change(small, "secondary", members, replacement);
    if (what === "type") files = change(files, "secondary", "<type>host</type>\n\t\t\t<address>192", "<address>192");
    if (what === "detail") files = change(files, "secondary", "<detail><![CDATA[one]]></detail>", "");
    expect(await messages(syncAliasCurrent, files)).toHaveLength(count);
  });

  test("of URLs, which are members too, in any order", async () => {
    const urls = (...all: string[]): string => `${members}${all.map((url) => `<aliasurl>${url}</aliasurl>`).join("")}`;
    const pair = (...own: string[]): Files =>
      alter(
        small,
        ["primary", members, urls("https://a.example/1", "https://a.example/2")],
        ["secondary", members, urls(...own)],
      );
    expect(await messages(syncAliasCurrent, pair("https://a.example/2", "https://a.example/1"))).toEqual([]);
    expect(await messages(syncAliasCurrent, pair("https://a.example/1"))).toHaveLength(1);
  });
});

describe("sync-vip-current", () => {
  const password = "<![CDATA[example-vip-pass]]></password>\n\t\t\t<uniqid>64b0000000001";
  const passwords = (primary: string, secondary: string): Files =>
    alter(
      small,
      ["primary", password, password.replace("example-vip-pass", primary)],
      ["secondary", password, password.replace("example-vip-pass", secondary)],
    );

  test.for([
    ["behind the 19th byte", "abcdefghijklmnopqrs-one", "abcdefghijklmnopqrs-two", 1],
    ["in spaces only, which ifconfig never sees", "a b", "ab", 1],
    ["where the kernel sees it", "one", "two", 0],
    ["where it was masked", "abcdefghijklmnopqrs-one", "********", 0],
  ] as const)("of a password that differs %s", async ([, primary, secondary, count]) => {
    expect(await messages(syncVipCurrent, passwords(primary, secondary))).toHaveLength(count);
  });

  const vip = (mode: string, on: string, more: string): string =>
    `<vip><mode>${mode}</mode><interface>${on}</interface><subnet>192.168.7.44</subnet>${more}</vip>\n\t</virtualip>`;
  test.for([
    [
      "a stacked alias of another prefix length",
      "ipalias",
      "_vip64b0000000002",
      "<subnet_bits>24</subnet_bits>",
      "<subnet_bits>32</subnet_bits>",
      1,
    ],
    [
      "a stacked alias of another uniqid, which vip-uniqid-match reports",
      "ipalias",
      "_vip64b0000000002",
      "<uniqid>1</uniqid>",
      "<uniqid>2</uniqid>",
      0,
    ],
    ["an alias on the loopback of another uniqid", "ipalias", "lo0", "<uniqid>1</uniqid>", "<uniqid>2</uniqid>", 1],
    ["a VIP of mode other that expands", "other", "wan", "<noexpand></noexpand>", "", 1],
    ["a plain alias, which does not travel", "ipalias", "lan", "<descr>a</descr>", "<descr>b</descr>", 0],
  ] as const)("of %s", async ([, mode, on, primary, secondary, count]) => {
    const end = "\t</virtualip>";
    const files = alter(small, ["primary", end, vip(mode, on, primary)], ["secondary", end, vip(mode, on, secondary)]);
    expect(await messages(syncVipCurrent, files)).toHaveLength(count);
    expect(await messages(syncVipCurrent, await fixed(syncVipCurrent, files))).toEqual([]);
  });

  test("changes no field that another rule looks after", async () => {
    const files = alter(
      small,
      [
        "primary",
        "<uniqid>64b0000000001</uniqid>\n\t\t\t<descr></descr>",
        "<uniqid>64b0000000001</uniqid>\n\t\t\t<descr>a</descr>",
      ],
      ["secondary", "<vhid>1</vhid>\n\t\t\t<advskew>100<", "<vhid>1</vhid>\n\t\t\t<advskew>50<"],
    );
    const { secondary } = await fixed(syncVipCurrent, files);
    expect(secondary).toBe(
      files.secondary.replace(
        "64b0000000001</uniqid>\n\t\t\t<descr></descr>",
        "64b0000000001</uniqid>\n\t\t\t<descr><![CDATA[a]]></descr>",
      ),
    );
  });
});

describe("sync-dhcp-current", () => {
  test("leaves the failover peer to its rule, unless sync would take it away", async () => {
    const wrong = change(small, "secondary", "<failover_peerip>192.168.7.11<", "<failover_peerip>192.168.7.99<");
    expect(await messages(syncDhcpCurrent, wrong)).toEqual([]);
    const missing = change(small, "secondary", "\t\t\t<failover_peerip>192.168.7.11</failover_peerip>\n", "");
    expect(await messages(syncDhcpCurrent, missing)).toEqual([]);
    const extra = change(small, "primary", "\t\t\t<failover_peerip>192.168.7.12</failover_peerip>\n", "");
    expect(await messages(syncDhcpCurrent, extra)).toEqual([
      "dhcpd/lan/failover_peerip: expected none, found 192.168.7.11",
    ]);
  });

  const kea = (more: string): string => `<kea><ha>${more}</ha></kea>\n\t<nat>`;
  const keaPair = (primary: string, secondary: string, version = "24.5"): Files =>
    alter(
      small,
      ["both", "<version>23.3<", `<version>${version}<`],
      ["primary", "\t<nat>", kea(primary)],
      ["secondary", "\t<nat>", kea(secondary)],
    );
  const seen = "<remotename>brook-a</remotename><role>standby</role>";
  test.for([
    ["a delay", "<heartbeatdelay>1</heartbeatdelay>", `${seen}<heartbeatdelay>2</heartbeatdelay>`, 1],
    ["a role, with both on", "<enable></enable>", `<enable></enable>${seen.replace("standby", "primary")}`, 0],
    ["a role, with one off", "<enable></enable>", seen.replace("standby", "primary"), 2],
    [
      "local names and TLS",
      "<localname>a</localname><tls></tls>",
      `${seen.replace("brook-a", "a")}<localname>b</localname>`,
      0,
    ],
  ] as const)("of Kea's %s", async ([, primary, secondary, count]) => {
    expect(await messages(syncDhcpCurrent, keaPair(primary, secondary))).toHaveLength(count);
  });

  test("does not know Kea up to 2.7", async () => {
    expect(await messages(syncDhcpCurrent, keaPair("<a>1</a>", "<a>2</a>", "23.3"))).toEqual([]);
  });

  test("of an interface that only the primary serves, as a whole", async () => {
    const files = change(
      small,
      "primary",
      "\t</dhcpd>",
      "<opt1><enable></enable><gateway>none</gateway></opt1>\n\t</dhcpd>",
    );
    expect(await messages(syncDhcpCurrent, files)).toEqual([
      "dhcpd/opt1: expected on both nodes, found on the primary only",
    ]);
    expect((await fixed(syncDhcpCurrent, files)).secondary).toContain("<gateway>none</gateway>");
  });
});

describe("sync-user-current", () => {
  const next = "\t\t<nextuid>2001</nextuid>";
  const user = (uid: number, more = ""): string => `<user><name>mira</name><uid>${uid}</uid>${more}</user>${next}`;
  test.for([
    ["an account of the primary", user(2001), next, 1],
    ["an account below uid 2000 that only the primary has, which is added all the same", user(1500), next, 1],
    ["an account below uid 2000 that differs", user(1500, "<descr>a</descr>"), user(1500, "<descr>b</descr>"), 0],
    ["an account of the secondary", next, user(2001), 0],
    ["the next free number", next.replace("2001", "2009"), next, 0],
    ["a masked hash", user(2001, "<bcrypt-hash>a</bcrypt-hash>"), user(2001, "<bcrypt-hash>xxxxx</bcrypt-hash>"), 0],
  ] as const)("of %s", async ([, primary, secondary, count]) => {
    expect(
      await messages(syncUserCurrent, alter(small, ["primary", next, primary], ["secondary", next, secondary])),
    ).toHaveLength(count);
  });

  test("offers no fix that would write a mask", async () => {
    const files = alter(small, ["primary", next, user(2001, "<bcrypt-hash>[redacted]</bcrypt-hash>")]);
    const { diagnostics } = await lintFiles(files, [syncUserCurrent]);
    expect(diagnostics.map(({ fix }) => fix)).toEqual([undefined]);
  });

  test("prints no hash", async () => {
    const files = alter(
      small,
      ["primary", next, user(2001, "<bcrypt-hash>hash-one</bcrypt-hash>")],
      ["secondary", next, user(2001, "<bcrypt-hash>hash-two</bcrypt-hash>")],
    );
    const said = await report(syncUserCurrent, files);
    expect(said).toContain("found a different one");
    expect(said).not.toMatch(/hash-(?:one|two)/);
  });
});

describe("values", () => {
  const setting = (value: string): string => `<domainsuffix>${value}</domainsuffix>\n\t</unbound>`;
  const end = "\t</unbound>";
  const pair = (primary: string, secondary: string): Files =>
    alter(small, ["primary", end, primary], ["secondary", end, secondary]);
  test.for([
    ["short", pair(setting("a"), setting("b")), "unbound/domainsuffix: expected a, found b"],
    ["empty", pair(setting("a"), setting("")), "unbound/domainsuffix: expected a, found empty"],
    ["missing", pair(setting(""), end), "unbound/domainsuffix: expected an empty element, found none"],
    [
      "long",
      pair(setting("a".repeat(61)), setting("b")),
      "unbound/domainsuffix: expected the value that XMLRPC sync writes, found a different one",
    ],
    ["on the secondary only", pair(end, setting("b".repeat(61))), "unbound/domainsuffix: expected no value, found one"],
  ] as const)("that are %s", async ([, files, message]) => {
    expect(await messages(syncDnsCurrent, files)).toEqual([message]);
    expect(await messages(syncDnsCurrent, await fixed(syncDnsCurrent, files))).toEqual([]);
  });
});

describe("the others", () => {
  test.for([
    [syncRouteCurrent, "\t</gateways>", "<gateway_item><name>X</name></gateway_item>\n\t</gateways>", "gateway X"],
    [
      syncVpnCurrent,
      "\t<unbound>",
      "<openvpn><openvpn-client><vpnid>2</vpnid></openvpn-client></openvpn>\n\t<unbound>",
      "OpenVPN client 2",
    ],
    [
      syncOtherCurrent,
      "\t<unbound>",
      "<wol><wolentry><interface>lan</interface><mac>02:00:5e:00:00:01</mac></wolentry></wol>\n\t<unbound>",
      "Wake on LAN entry lan/02:00:5e:00:00:01",
    ],
    [syncOtherCurrent, "\t<unbound>", "<ca><refid>9</refid><descr>Root</descr></ca>\n\t<unbound>", 'CA "Root"'],
  ] as const)("%s", async ([one, find, replacement, title]) => {
    const files = change(small, "primary", find, replacement);
    expect(await messages(one, files)).toEqual([`${title}: expected on both nodes, found on the primary only`]);
    expect(await messages(one, await fixed(one, files))).toEqual([]);
    expect(await messages(one, change(small, "secondary", find, replacement))).toEqual([]);
  });
});
