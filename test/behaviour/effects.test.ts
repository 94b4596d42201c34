import { describe, expect, test } from "vitest";
import { change, type Files, readFiles, small } from "../support/pair.ts";
import { effects, play } from "../support/simulation.ts";
import { addInterface, addVip } from "../support/vips.ts";

const on = (files: Files, id: string, topic: string): readonly string[] => effects(play(files)[id], topic);
const all = (files: Files, ...steps: [keyof Files | "both", string | RegExp, string][]): Files =>
  steps.reduce((before, [where, find, replacement]) => change(before, where, find, replacement), files);

const alias = (name: string): string =>
  `<vip><mode>ipalias</mode><interface>${name}</interface><uniqid>64b00000000a1</uniqid><type>single</type><subnet_bits>24</subnet_bits><subnet>198.51.100.30</subnet></vip>`;

describe("connections", () => {
  const moved = (files: Files, id = "primary-down"): readonly string[] => on(files, id, "connections");
  const kept = (to: string): string =>
    `good: the ${to} knows the established connections: pfsync has copied their states`;

  test("go on where pfsync works", () => {
    expect(moved(small)).toEqual([kept("secondary")]);
    expect(moved(small, "primary-returns")).toEqual([kept("primary")]);
  });

  test.for([
    ["pfsync is off on the secondary", "secondary", "<pfsyncenabled>on</pfsyncenabled>", ""],
    ["the packet filter is off on the primary", "primary", "<ipv6allow>", "<disablefilter></disablefilter><ipv6allow>"],
    [
      "the secondary has no sync interface that is enabled",
      "secondary",
      "<enable></enable>\n\t\t\t<if>igb2",
      "<if>igb2",
    ],
    ["the two sync addresses are not in one network", "secondary", "<ipaddr>10.99.0.2<", "<ipaddr>10.99.0.6<"],
    ["both nodes have the same sync address", "secondary", "<ipaddr>10.99.0.2<", "<ipaddr>10.99.0.1<"],
    ["both nodes have the same filter host id", "secondary", "<pfhostid>a2<", "<pfhostid>A1<"],
    ["the secondary drops pfsync on opt1 (Default deny rule IPv4)", "secondary", "<protocol>pfsync<", "<protocol>esp<"],
  ] as const)("break where %s", ([reason, where, find, replacement]) => {
    const files = change(small, where, find, replacement);
    const withPeers = reason.includes("same sync address")
      ? change(files, "primary", "pfsyncpeerip>10.99.0.2", "pfsyncpeerip>10.99.0.1")
      : files;
    expect(moved(withPeers)[0]).toContain(reason);
  });

  test("break one way only where one node sends its states elsewhere", () => {
    const files = change(small, "primary", "<pfsyncpeerip>10.99.0.2<", "<pfsyncpeerip>10.99.0.3<");
    expect(moved(files)).toEqual([
      "bad: established connections break: the secondary has no states of theirs, since the primary sends them to 10.99.0.3, which is not the sync address of the secondary",
    ]);
    expect(moved(files, "primary-returns")).toEqual([kept("primary")]);
  });

  test("need a rule for the multicast group where no peer is named", () => {
    const files = change(small, "both", /<pfsyncpeerip>.*<\/pfsyncpeerip>/, "");
    expect(moved(files)[0]).toContain("the secondary drops pfsync on opt1");
    const any = change(
      files,
      "both",
      /(<protocol>pfsync<[\s\S]*?<destination>\s*)<network>opt1<\/network>/,
      "$1<any></any>",
    );
    expect(moved(any)).toEqual([kept("secondary")]);
  });

  test("go on as far as one can tell where a sync address is in no file", () => {
    expect(moved(change(small, "secondary", "<ipaddr>10.99.0.2<", "<ipaddr>dhcp<"))).toEqual([kept("secondary")]);
    expect(moved(change(small, "primary", "<ipaddr>10.99.0.1<", "<ipaddr>dhcp<"))).toEqual([kept("secondary")]);
    expect(moved(change(small, "primary", /(<ipaddr>10\.99\.0\.1<[\s\S]*?<subnet>)30/, "$1"))).toEqual([
      kept("secondary"),
    ]);
  });

  test("are told of while nothing happens, whichever node keeps its states", () => {
    const told = (files: Files): readonly string[] => on(files, "normal", "connections");
    expect(told(small)).toEqual(["good: pfsync copies the states of each node to the other, over opt1"]);
    const why = "which is not the sync address of the";
    expect(told(change(small, "primary", "<pfsyncpeerip>10.99.0.2<", "<pfsyncpeerip>10.99.0.3<"))).toEqual([
      `bad: states are not copied between the nodes, since the primary sends them to 10.99.0.3, ${why} secondary`,
    ]);
    expect(told(change(small, "secondary", "<pfsyncpeerip>10.99.0.1<", "<pfsyncpeerip>10.99.0.3<"))).toEqual([
      `bad: states are not copied between the nodes, since the secondary sends them to 10.99.0.3, ${why} primary`,
    ]);
  });

  test("of VIPs that move are told of, also where the others stay: which come in on one node and leave by the other", () => {
    const high = change(small, "secondary", /<advskew>100</g, "<advskew>254<");
    const split = "is on the secondary, the rest is not: what comes in on one node leaves by the other";
    expect(on(high, "primary-link-down:wan", "connections")).toEqual([
      `bad: 198.51.100.10 ${split}`,
      kept("secondary"),
    ]);
    const three = addVip(high, "primary", { vhid: "9", subnet: "192.168.7.9" });
    const most = addVip(three, "secondary", { vhid: "9", advskew: "254", subnet: "192.168.7.9" });
    expect(on(most, "primary-link-down:lan", "connections")[0]).toBe(
      "bad: 198.51.100.10 is on the primary, the rest is not: what comes in on one node leaves by the other",
    );
  });

  test("break on interfaces whose device differs, where states are bound to it", () => {
    const files = change(small, "secondary", "<if>igb1</if>", "<if>vtnet1</if>");
    expect(moved(files)).toEqual([kept("secondary")]);
    for (const where of ["both", "primary", "secondary"] as const) {
      const bound = change(files, where, "<ipv6allow>", "<statepolicy>if-bound</statepolicy><ipv6allow>");
      expect(moved(bound), where).toEqual([
        "bad: established connections through lan break: states are bound to the device, which differs between the nodes",
      ]);
    }
    const sync = change(small, "secondary", "<if>igb2</if>", "<if>vtnet2</if>");
    const policy = "<statepolicy>if-bound</statepolicy><ipv6allow>";
    expect(moved(change(sync, "both", "<ipv6allow>", policy))).toEqual([kept("secondary")]);
    const off = change(addInterface(small), "primary", /<enable><\/enable>(\s*<if>)igb3/, "$1vtnet3");
    expect(moved(change(off, "both", "<ipv6allow>", policy))).toEqual([kept("secondary")]);
  });
});

describe("outbound NAT", () => {
  const moved = (files: Files): readonly string[] => on(files, "primary-down", "NAT");
  const lost =
    "bad: connections from lan through wan break all the same: outbound NAT translates them to 198.51.100.11, the primary's own address, which does not move";

  test.for([
    ["an address that moves", [], ["good: on wan, outbound NAT uses 198.51.100.10, which moves along"]],
    [
      "an alias of one",
      [
        ["both", "<target>198.51.100.10<", "<target>out<"],
        [
          "both",
          "<aliases>",
          "<aliases><alias><name>out</name><type>host</type><address>198.51.100.10</address></alias>",
        ],
      ],
      ["good: on wan, outbound NAT uses out, which moves along"],
    ],
    [
      "a routed address",
      [["both", "<target>198.51.100.10<", "<target>203.0.113.7<"]],
      ["good: on wan, outbound NAT uses 203.0.113.7, which moves along"],
    ],
    ["the interface's address, by name", [["both", "<target>198.51.100.10<", "<target>wanip<"]], [lost]],
    ["the interface's address, by nothing", [["both", "<target>198.51.100.10<", "<target><"]], [lost]],
    ["the node's literal address", [["both", "<target>198.51.100.10<", "<target>198.51.100.11<"]], [lost]],
    [
      "a disabled rule, and then automatically",
      [
        [
          "both",
          "<interface>wan</interface>\n\t\t\t\t<source>",
          "<disabled></disabled><interface>wan</interface><source>",
        ],
      ],
      [lost],
    ],
    [
      "another network's rule, and then automatically",
      [["both", "<network>192.168.7.0/24<", "<network>192.168.8.0/24<"]],
      [lost],
    ],
    [
      "a rule for any source, as an element",
      [["both", "<network>192.168.7.0/24</network>\n\t\t\t\t</source>", "<any></any></source>"]],
      ["good: on wan, outbound NAT uses 198.51.100.10, which moves along"],
    ],
    [
      "a rule for any source, as a word",
      [["both", "<network>192.168.7.0/24<", "<network>any<"]],
      ["good: on wan, outbound NAT uses 198.51.100.10, which moves along"],
    ],
    [
      "a rule for an alias of networks, one of which covers it",
      [
        ["both", "<network>192.168.7.0/24<", "<network>inside<"],
        [
          "both",
          "<aliases>",
          "<aliases><alias><name>inside</name><type>network</type><address>10.1.0.0/16 192.168.0.0/16</address></alias>",
        ],
      ],
      ["good: on wan, outbound NAT uses 198.51.100.10, which moves along"],
    ],
    [
      "an alias of two addresses, one of which stays",
      [
        ["both", "<target>198.51.100.10<", "<target>out<"],
        [
          "both",
          "<aliases>",
          "<aliases><alias><name>out</name><type>host</type><address>198.51.100.10 198.51.100.11</address></alias>",
        ],
      ],
      [lost],
    ],
    [
      "an IP alias that stays with its node",
      [
        ["both", "<target>198.51.100.10<", "<target>198.51.100.30<"],
        ["both", "\t</virtualip>", `${alias("wan")}</virtualip>`],
      ],
      [lost],
    ],
    [
      "an IP alias that is stacked on a CARP VIP",
      [
        ["both", "<target>198.51.100.10<", "<target>198.51.100.30<"],
        ["both", "\t</virtualip>", `${alias("_vip64b0000000001")}</virtualip>`],
      ],
      ["good: on wan, outbound NAT uses 198.51.100.30, which moves along"],
    ],
    [
      "a rule for the interface's key",
      [["both", "<network>192.168.7.0/24<", "<network>lan<"]],
      ["good: on wan, outbound NAT uses 198.51.100.10, which moves along"],
    ],
    ["no translation at all", [["both", "<target>198.51.100.10<", "<nonat></nonat><target><"]], []],
    ["mode disabled", [["both", "<mode>hybrid<", "<mode>disabled<"]], []],
    [
      "mode advanced, without a rule for the network",
      [
        ["both", "<mode>hybrid<", "<mode>advanced<"],
        ["both", "<network>192.168.7.0/24<", "<network>192.168.8.0/24<"],
      ],
      [],
    ],
    ["a word that is no mode", [["both", "<mode>hybrid<", "<mode>manual<"]], []],
  ] as [string, [keyof Files | "both", string, string][], string[]][])("to %s", ([, steps, expected]) => {
    expect(moved(all(small, ...steps))).toEqual(expected);
  });
});

describe("services of a node that is gone", () => {
  test("DHCP goes on with the leases where the servers are partners", () => {
    expect(on(small, "primary-down", "DHCP")).toEqual(["good: the secondary answers on lan and knows the leases"]);
    expect(on(small, "normal", "DHCP")).toEqual([]);
  });

  test("and without them where they are not: no peer, a wrong peer, Kea up to 2.7, two backends", () => {
    const strange = ["bad: the secondary answers on lan, and does not know the leases given so far"];
    const kea = (where: keyof Files | "both", files = small): Files =>
      change(files, where, "</pfsense>", "<dhcpbackend>kea</dhcpbackend></pfsense>");
    const cases = [
      change(small, "both", /<failover_peerip>.*<\/failover_peerip>/, ""),
      change(small, "secondary", "<failover_peerip>192.168.7.11<", "<failover_peerip>192.168.7.12<"),
      change(kea("both"), "both", "</pfsense>", "<kea><ha><enable></enable></ha></kea></pfsense>"),
      kea("secondary"),
    ];
    for (const files of cases) {
      expect(on(files, "primary-down", "DHCP")).toEqual(strange);
      expect(on(files, "normal", "DHCP")).toEqual([
        "bad: both nodes answer on lan without knowing of each other's leases",
      ]);
    }
  });

  test("Kea's high availability shares leases from 2.8 on", () => {
    expect(on(readFiles("conformance/clusters/kea-24.5"), "primary-down", "DHCP")).toEqual([
      "good: the secondary answers on lan and opt1 and knows the leases",
    ]);
  });

  test("DHCP ends where the other node has none", () => {
    const files = change(small, "secondary", "<lan>\n\t\t\t<enable></enable>\n\t\t\t<range>", "<lan><range>");
    expect(on(files, "primary-down", "DHCP")).toEqual([
      "bad: nobody answers on lan: the secondary serves no DHCP there",
    ]);
  });

  test("routers and resolvers that were handed out matter where the node is out of reach", () => {
    const files = all(
      small,
      ["both", "<gateway>192.168.7.1</gateway>", "<gateway>192.168.7.11</gateway>"],
      ["both", "<dnsserver>192.168.7.1</dnsserver>", "<dnsserver>192.168.7.11</dnsserver>"],
    );
    for (const id of ["primary-down", "primary-link-down:lan"]) {
      expect(on(files, id, "gateway")[0], id).toMatch(/^bad: DHCP clients on lan lose their router/);
      expect(on(files, id, "DNS")[0], id).toMatch(/^bad: DHCP clients on lan cannot resolve names/);
    }
    expect(on(files, "primary-maintenance", "gateway")).toEqual([]);
    expect(on(files, "primary-link-down:wan", "DNS")).toEqual([]);
    expect(on(small, "primary-down", "DNS")).toEqual([]);
  });

  test("a router that was handed out is the VIP, the node, another one, or none", () => {
    const told = (text: string, files = small): readonly string[] =>
      on(
        change(files, "both", "<gateway>192.168.7.1</gateway>", `<gateway>${text}</gateway>`),
        "primary-down",
        "gateway",
      );
    const good = ["good: DHCP clients on lan use the VIP as their router"];
    expect(told("192.168.7.1")).toEqual(good);
    expect(told("")[0]).toMatch(/^bad: /);
    expect(told("none")).toEqual([]);
    expect(told("192.168.7.254")).toEqual([]);
    expect(on(small, "primary-maintenance", "gateway")).toEqual([]);
    expect(told("192.168.7.9", addVip(small, "both", { vhid: "9", subnet: "192.168.7.9" }))).toEqual(good);
    const moving = change(small, "primary", "<ipaddr>192.168.7.11</ipaddr>", "<ipaddr>dhcp</ipaddr>");
    expect(told("192.168.7.254", moving)).toEqual([]);
  });

  test("an interface without a CARP VIP is left out, and so is a server that is off", () => {
    const moved = change(small, "both", /<interface>lan<\/interface>(\s*<vhid>)/, "<interface>opt1</interface>$1");
    const strange = change(moved, "both", /<failover_peerip>.*<\/failover_peerip>/, "");
    for (const topic of ["DHCP", "gateway", "DNS"]) expect(on(strange, "primary-down", topic), topic).toEqual([]);
    const off = change(small, "both", "<lan>\n\t\t\t<enable></enable>\n\t\t\t<range>", "<lan><range>");
    expect(on(off, "primary-down", "DHCP")).toEqual([]);
  });

  test("Kea shares leases where both nodes have its high availability on", () => {
    const kea = readFiles("conformance/clusters/kea-24.5");
    const off = change(kea, "secondary", /(<kea>\s*<ha>\s*)<enable><\/enable>/, "$1");
    expect(on(off, "primary-down", "DHCP")[0]).toContain("does not know the leases given so far");
  });

  test("a second resolver is enough, and none at all is the system's business", () => {
    const own = "<dnsserver>192.168.7.11</dnsserver>";
    const two = change(small, "both", "<dnsserver>192.168.7.1</dnsserver>", `${own}<dnsserver>192.0.2.53</dnsserver>`);
    expect(on(two, "primary-down", "DNS")).toEqual([]);
    const none = change(small, "both", "<dnsserver>192.168.7.1</dnsserver>", "");
    expect(on(none, "primary-down", "DNS")).toHaveLength(1);
    expect(on(change(none, "both", "<unbound>\n\t\t<enable></enable>", "<unbound>"), "primary-down", "DNS")).toEqual(
      [],
    );
  });
});

describe("VPN", () => {
  const withVpn = (interfaceName: string, kind = "server", where: keyof Files | "both" = "both"): Files =>
    change(
      small,
      where,
      "</pfsense>",
      `<openvpn><openvpn-${kind}><vpnid>3</vpnid><protocol>UDP4</protocol><interface>${interfaceName}</interface><description>Staff</description></openvpn-${kind}></openvpn></pfsense>`,
    );
  const withPhase1 = (interfaceName: string): Files =>
    change(
      small,
      "both",
      "</pfsense>",
      `<ipsec><phase1><ikeid>4</ikeid><interface>${interfaceName}</interface><protocol>inet</protocol></phase1></ipsec></pfsense>`,
    );

  test.for([
    ["_vip64b0000000001", "good: OpenVPN server 3 (Staff) starts on the secondary, on the VIP it is bound to"],
    [
      "wan",
      "bad: OpenVPN server 3 (Staff) is bound to wan, the primary's own address: its peers do not reach the secondary",
    ],
    ["opt1", undefined],
    ["any", undefined],
  ] as const)("a server on %s", ([name, expected]) => {
    expect(on(withVpn(name), "primary-down", "VPN")).toEqual(expected === undefined ? [] : [expected]);
  });

  test("a server that the other node does not have, or has switched off", () => {
    const ends = ["bad: OpenVPN server 3 (Staff) ends: the secondary has no such tunnel"];
    expect(on(withVpn("wan", "server", "primary"), "primary-down", "VPN")).toEqual(ends);
    const off = change(withVpn("wan"), "secondary", "<vpnid>3</vpnid>", "<vpnid>3</vpnid><disable></disable>");
    expect(on(off, "primary-down", "VPN")).toEqual(ends);
  });

  test("what has the number of a client is no twin of a server, and a client moves with nobody's notice", () => {
    const server = withVpn("wan", "server", "primary");
    const files = change(
      server,
      "secondary",
      "</pfsense>",
      "<openvpn><openvpn-client><vpnid>3</vpnid><interface>opt1</interface></openvpn-client></openvpn></pfsense>",
    );
    expect(on(files, "primary-down", "VPN")[0]).toContain("ends: the secondary has no such tunnel");
    expect(on(withVpn("_vip64b0000000001", "client"), "primary-down", "VPN")).toEqual([]);
  });

  test("a server that is off is left out", () => {
    const off = change(withVpn("wan"), "both", "<vpnid>3</vpnid>", "<vpnid>3</vpnid><disable></disable>");
    expect(on(off, "primary-down", "VPN")).toEqual([]);
  });

  test("an IP alias that is on no CARP VIP stays with its node, one stacked on it moves", () => {
    const local = change(withVpn("_vip64b00000000a1"), "both", "\t</virtualip>", `${alias("wan")}</virtualip>`);
    expect(on(local, "primary-down", "VPN")).toEqual([
      "bad: OpenVPN server 3 (Staff) is bound to 198.51.100.30, which stays with the primary",
    ]);
    const vip = alias("_vip64b0000000001");
    const stacked = change(withVpn("_vip64b00000000a1"), "both", "\t</virtualip>", `${vip}</virtualip>`);
    expect(on(stacked, "primary-down", "VPN")[0]).toMatch(/^good: /);
  });

  test("a protocol of both families is bound to a VIP of either", () => {
    const both = change(withVpn("wan"), "both", "<protocol>UDP4</protocol>", "<protocol>UDP</protocol>");
    expect(on(both, "primary-down", "VPN")[0]).toContain("is bound to wan");
    const six = change(withVpn("wan"), "both", "<protocol>UDP4</protocol>", "<protocol>UDP6</protocol>");
    expect(on(six, "primary-down", "VPN")).toEqual([]);
  });

  test("a gateway group whose members name VIPs counts as one", () => {
    const group = "<gateway_group><name>LINES</name><item>WANGW|1|_vip64b0000000001</item></gateway_group><defaultgw4>";
    const files = change(withVpn("LINES"), "both", "<defaultgw4>", group);
    expect(on(files, "primary-down", "VPN")[0]).toMatch(/^good: /);
  });

  test("IPsec", () => {
    expect(on(withPhase1("wan"), "primary-down", "VPN")).toEqual([
      "bad: IPsec tunnel 4 is bound to wan, the primary's own address: its peers do not reach the secondary",
    ]);
    expect(on(withPhase1("_vip64b0000000001"), "primary-down", "VPN")).toEqual([
      "good: IPsec tunnel 4 starts on the secondary, on the VIP it is bound to",
    ]);
    const off = (where: keyof Files): Files =>
      change(withPhase1("wan"), where, "<ikeid>4</ikeid>", "<ikeid>4</ikeid><disabled></disabled>");
    const ends = ["bad: IPsec tunnel 4 ends: the secondary has no such tunnel"];
    expect(on(off("secondary"), "primary-down", "VPN")).toEqual(ends);
    expect(
      on(change(withPhase1("wan"), "secondary", "<ikeid>4</ikeid>", "<ikeid>5</ikeid>"), "primary-down", "VPN"),
    ).toEqual(ends);
    expect(on(off("primary"), "primary-down", "VPN")).toEqual([]);
  });

  test("a client on both nodes connects twice, unless a VIP decides", () => {
    const twice = ["bad: OpenVPN client 3 (Staff) connects from both nodes at once, with the same credentials"];
    expect(on(withVpn("wan", "client"), "normal", "VPN")).toEqual(twice);
    expect(on(withVpn("_vip64b0000000001", "client"), "normal", "VPN")).toEqual([]);
    expect(on(withVpn("wan", "client", "primary"), "normal", "VPN")).toEqual([]);
  });
});

describe("router advertisements", () => {
  const six = (raInterface: string): Files =>
    all(
      small,
      ["both", "<subnet>192.168.7.1</subnet>", "<subnet>2001:db8:7::1</subnet>"],
      [
        "both",
        "</pfsense>",
        `<dhcpdv6><lan><ramode>router</ramode><rainterface>${raInterface}</rainterface></lan></dhcpdv6></pfsense>`,
      ],
    );

  test("of both nodes at once", () => {
    expect(on(six("lan"), "normal", "router advertisements")).toEqual([
      "bad: both nodes announce themselves as router on lan",
    ]);
    expect(on(six("lan"), "primary-down", "router advertisements")).toHaveLength(1);
    expect(on(six("lan"), "primary-maintenance", "router advertisements")).toEqual([]);
  });

  test("of one node, or beside no IPv6 CARP VIP, are nobody's business", () => {
    const topic = "router advertisements";
    expect(on(change(six("lan"), "secondary", "<ramode>router<", "<ramode>disabled<"), "normal", topic)).toEqual([]);
    const four = change(six("lan"), "both", "<subnet>2001:db8:7::1</subnet>", "<subnet>192.168.7.1</subnet>");
    expect(on(four, "normal", topic)).toEqual([]);
    expect(on(four, "primary-down", topic)).toEqual([]);
    const off = change(six("lan"), "primary", /<enable><\/enable>(\s*<if>igb1)/, "$1");
    expect(on(off, "normal", topic)).toEqual([]);
    expect(on(off, "primary-down", topic)).toEqual([]);
  });

  test("of the VIP's master alone", () => {
    expect(on(six("_vip64b0000000002"), "normal", "router advertisements")).toEqual([]);
    expect(on(six("_vip64b0000000002"), "primary-down", "router advertisements")).toEqual([]);
  });
});

test("whatever does not move is said in a word", () => {
  expect(on(small, "secondary-down", "connections")).toEqual([
    "note: nothing moves; there is no backup until the secondary is back",
  ]);
  expect(on(small, "secondary-link-down:wan", "connections")).toEqual(["note: nothing moves"]);
  const off = change(small, "both", "<pfsyncenabled>on</pfsyncenabled>", "");
  expect(on(off, "sync-link-down", "connections")).toEqual(["note: nothing moves"]);
});
