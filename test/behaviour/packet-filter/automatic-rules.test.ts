import { describe, expect, test } from "vitest";
import { filterOf } from "../../../src/behaviour/packet-filter/index.ts";
import { decide, lan, node, packet, rule, verdict, wan } from "../../support/filter.ts";

const anyRule =
  rule({}) +
  rule({ interface: "wan" }) +
  rule({ ipprotocol: "inet6" }) +
  rule({ interface: "wan", ipprotocol: "inet6" });
const carpVip =
  "<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>a</uniqid><subnet>198.51.100.10</subnet><subnet_bits>24</subnet_bits></vip>";
const on = (name: string, of = wan): string => of.replace("<enable>", `<${name}></${name}><enable>`);

test.for([
  ["nothing passes by itself", {}, "in lan tcp 192.168.1.50 > 9.9.9.9#25", "block: Default deny rule IPv4"],
  ["nothing of IPv6 either", {}, "in lan tcp 2001:db8:1::5 > 2001:db8::9#25", "block: Default deny rule IPv6"],
  [
    "what leaves passes",
    {},
    "out wan tcp 198.51.100.2 > 9.9.9.9#25",
    "pass: let out anything IPv4 from firewall host itself",
  ],
  [
    "IPv6 is off without ipv6allow",
    { system: "", rules: anyRule },
    "in lan tcp 2001:db8:1::5 > 2001:db8::9#25",
    "block: Block all IPv6",
  ],
  ["outgoing IPv6 as well", { system: "" }, "out lan tcp 2001:db8:1::1 > 2001:db8::9#25", "block: Block all IPv6"],
  ["but not on the loopback", { system: "" }, "in lo0 tcp ::1 > ::1#25", "pass: pass IPv6 loopback"],
  ["the loopback passes", {}, "in lo0 tcp 127.0.0.1 > 127.0.0.1#25", "pass: pass IPv4 loopback"],
  ["IPv6 on the loopback as well", {}, "in lo0 tcp ::1 > ::1#26", "pass: pass IPv6 loopback"],
  ["from link-local IPv4", { rules: anyRule }, "in lan tcp 169.254.1.1 > 9.9.9.9#25", "block: Block IPv4 link-local"],
  [
    "to link-local IPv4",
    { rules: anyRule },
    "in lan tcp 192.168.1.50 > 169.254.1.1#25",
    "block: Block IPv4 link-local",
  ],
  [
    "not outgoing",
    {},
    "out lan tcp 192.168.1.1 > 169.254.1.1#25",
    "pass: let out anything IPv4 from firewall host itself",
  ],
  [
    "not where it is let through",
    { rules: anyRule, system: "<no_apipa_block></no_apipa_block>" },
    "in lan tcp 169.254.1.1 > 9.9.9.9#25",
    "pass: rule 1 on lan",
  ],
  ["port 0", { rules: anyRule }, "in lan tcp 192.168.1.50 > 9.9.9.9#0", "block: Block traffic to port 0"],
  ["CARP without CARP VIP", {}, "in wan carp 198.51.100.3 > 224.0.0.18", "block: Default deny rule IPv4"],
  ["CARP with one", { vips: carpVip }, "in wan carp 198.51.100.3 > 224.0.0.18", "pass: CARP pass rule"],
  [
    "CARP on an interface without VIP",
    { vips: carpVip },
    "in lan carp 192.168.1.3 > 224.0.0.18",
    "pass: CARP pass rule",
  ],
  [
    "CARP from an own address",
    { vips: carpVip },
    "in wan carp 198.51.100.2 > 224.0.0.18",
    "block: CARP packet from an own address",
  ],
  [
    "CARP from an own VIP",
    { vips: carpVip },
    "in wan carp 198.51.100.10 > 224.0.0.18",
    "block: CARP packet from an own address",
  ],
  ["own CARP going out", { vips: carpVip }, "out wan carp 198.51.100.2 > 224.0.0.18", "pass: CARP pass rule"],
  [
    "CARP before private networks are blocked",
    { vips: carpVip, interfaces: on("blockpriv") + lan },
    "in wan carp 10.0.0.3 > 224.0.0.18",
    "pass: CARP pass rule",
  ],
  [
    "private networks",
    { rules: anyRule, interfaces: on("blockpriv") + lan },
    "in wan tcp 10.0.0.3 > 9.9.9.9#25",
    "block: Block private networks from WAN block 10/8",
  ],
  [
    "private IPv6",
    { rules: anyRule, interfaces: on("blockpriv") + lan },
    "in wan tcp fd00::3 > 2001:db8::9#25",
    "block: Block ULA networks from WAN block fc00::/7",
  ],
  [
    "private networks on a bridge member",
    {
      rules: anyRule,
      interfaces: on("blockpriv") + lan,
      more: "<bridges><bridged><members>wan,lan</members></bridged></bridges>",
    },
    "in wan tcp 10.0.0.3 > 9.9.9.9#25",
    "pass: rule 2 on wan",
  ],
  [
    "private networks on another interface",
    { rules: anyRule, interfaces: on("blockpriv") + lan },
    "in lan tcp 10.0.0.3 > 9.9.9.9#25",
    "pass: rule 1 on lan",
  ],
  [
    "bogons",
    { rules: anyRule, interfaces: on("blockbogons") + lan },
    "in wan tcp 203.0.113.3 > 9.9.9.9#25",
    "block: block bogon IPv4 networks from WAN",
  ],
  [
    "bogons on their way out",
    { interfaces: on("blockbogons") + lan },
    "out wan tcp 203.0.113.3 > 9.9.9.9#25",
    "pass: let out anything IPv4 from firewall host itself",
  ],
  ["the network of another interface", {}, "in wan tcp 192.168.1.77 > 9.9.9.9#25", "block: antispoof protection"],
  ["an own address from outside", {}, "in wan tcp 198.51.100.2 > 9.9.9.9#25", "block: antispoof protection"],
  ["which a rule may still pass", { rules: anyRule }, "in wan tcp 192.168.1.77 > 9.9.9.9#25", "pass: rule 2 on wan"],
  ["neighbour discovery", {}, "in lan ipv6-icmp fe80::1 > fe80::2", "pass: ICMPv6 operation"],
  [
    "pings over IPv6 from elsewhere",
    {},
    "in lan ipv6-icmp 2001:db8:1::5 > 2001:db8:1::1",
    "block: Default deny rule IPv6",
  ],
  [
    "NAT64 of private addresses on newer releases",
    { version: "24.5", rules: anyRule },
    "in lan tcp 2001:db8:1::5 > 64:ff9b::a00:1#25",
    "block: Block NAT64 for non-global IPv4",
  ],
  [
    "NAT64 of public addresses",
    { version: "24.5", rules: anyRule },
    "in lan tcp 2001:db8:1::5 > 64:ff9b::808:808#25",
    "pass: rule 3 on lan",
  ],
  [
    "NAT64 on older releases",
    { rules: anyRule },
    "in lan tcp 2001:db8:1::5 > 64:ff9b::a00:1#25",
    "pass: rule 3 on lan",
  ],
] as const)("%s", ([, parts, text, expected]) => {
  expect(verdict(node(parts), text)).toBe(expected);
});

describe("anti-lockout", () => {
  const gui = (webgui: string, more = "") => ({ system: `<webgui>${webgui}</webgui>${more}` });
  const label = "pass: anti-lockout rule";
  const deny = "block: Default deny rule IPv4";

  test.for([
    ["the GUI port on LAN", gui("<protocol>https</protocol>"), "192.168.1.1#443", label],
    ["the redirecting port 80", gui("<protocol>https</protocol>"), "192.168.1.1#80", label],
    [
      "not without the redirection",
      gui("<protocol>https</protocol><disablehttpredirect></disablehttpredirect>"),
      "192.168.1.1#80",
      deny,
    ],
    ["another port", gui("<protocol>https</protocol><port>8443</port>"), "192.168.1.1#8443", label],
    ["and no longer the usual one", gui("<protocol>https</protocol><port>8443</port>"), "192.168.1.1#443", deny],
    ["plain HTTP", gui("<protocol>http</protocol>"), "192.168.1.1#80", label],
    ["SSH where it is on", gui("", "<ssh><enable>enabled</enable></ssh>"), "192.168.1.1#22", label],
    ["SSH on its port", gui("", "<ssh><enable>enabled</enable><port>2222</port></ssh>"), "192.168.1.1#2222", label],
    ["not SSH where it is off", gui(""), "192.168.1.1#22", deny],
    ["not addresses of other interfaces", gui("<protocol>https</protocol>"), "198.51.100.2#443", deny],
    [
      "not where it is switched off",
      gui("<protocol>https</protocol><noantilockout></noantilockout>"),
      "192.168.1.1#443",
      deny,
    ],
  ] as const)("%s", ([, parts, target, expected]) => {
    expect(verdict(node(parts), `in lan tcp 192.168.1.50 > ${target}`)).toBe(expected);
  });

  test("on a WAN that is the only interface, and on no WAN beside a LAN", () => {
    const ask = "in wan tcp 9.9.9.9 > 198.51.100.2#443";
    const parts = gui("<protocol>https</protocol>");
    expect(verdict(node({ ...parts, interfaces: wan }), ask)).toBe(label);
    expect(verdict(node(parts), ask)).toBe(deny);
  });
});

describe("services", () => {
  const dhcpd = (more: string) => ({ more: `<dhcpd><lan>${more}</lan></dhcpd>` });
  const fromClient = { ...packet("in lan udp 0.0.0.0 > 255.255.255.255#67"), sourcePort: 68 };

  test("a DHCP server gets requests", () => {
    expect(filterOf(node(dhcpd("<enable></enable>"))).decide(fromClient).automatic).toBe("dhcp-server");
    expect(filterOf(node(dhcpd(""))).decide(fromClient).verdict).toBe("block");
  });

  test("a DHCP relay gets them too", () => {
    const relay = (interfaces: string) =>
      node({ more: `<dhcrelay><enable></enable><interface>${interfaces}</interface></dhcrelay>` });
    expect(filterOf(relay("opt1,lan")).decide(fromClient).automatic).toBe("dhcp-relay");
    expect(filterOf(relay("opt1")).decide(fromClient).verdict).toBe("block");
  });

  test("a failover peer reaches ports 519 and 520 of this node, and nobody else does", () => {
    const config = node(dhcpd("<enable></enable><failover_peerip>192.168.1.2</failover_peerip>"));
    for (const port of [519, 520])
      expect(verdict(config, `in lan tcp 192.168.1.2 > 192.168.1.1#${port}`)).toBe(
        "pass: allow access to DHCP failover",
      );
    expect(decide(config, "in lan tcp 192.168.1.3 > 192.168.1.1#519").verdict).toBe("block");
    expect(decide(config, "in lan tcp 192.168.1.2 > 192.168.1.1#521").verdict).toBe("block");
  });

  test("a DHCP client gets answers", () => {
    const interfaces = `<wan><enable></enable><if>em0</if><ipaddr>dhcp</ipaddr></wan>${lan}`;
    const answer = { ...packet("in wan udp 192.0.2.1 > 192.0.2.9#68"), sourcePort: 67 };
    expect(filterOf(node({ interfaces })).decide(answer).automatic).toBe("dhcp-client");
    expect(filterOf(node()).decide(answer).verdict).toBe("block");
  });

  test("a DHCPv6 server gets requests", () => {
    const config = node({ more: "<dhcpdv6><lan><enable></enable></lan></dhcpdv6>" });
    expect(verdict(config, "in lan udp fe80::5 > ff02::1:2#547")).toBe("pass: allow access to DHCPv6 server");
    expect(decide(node(), "in lan udp fe80::5 > ff02::1:2#547").verdict).toBe("block");
  });

  const ipsec = (phase1: string) => ({
    more: `<ipsec><phase1><ikeid>1</ikeid><interface>wan</interface><descr>Bremen</descr>${phase1}</phase1><phase2><ikeid>1</ikeid><protocol>esp</protocol></phase2></ipsec>`,
  });

  test.for([
    [
      "IKE from the peer",
      "<remote-gateway>203.0.113.5</remote-gateway>",
      "in wan udp 203.0.113.5 > 198.51.100.2#500",
      "pass: IPsec: Bremen - inbound isakmp",
    ],
    [
      "ESP from the peer",
      "<remote-gateway>203.0.113.5</remote-gateway>",
      "in wan esp 203.0.113.5 > 198.51.100.2",
      "pass: IPsec: Bremen - inbound esp proto",
    ],
    [
      "not AH, which no phase 2 uses",
      "<remote-gateway>203.0.113.5</remote-gateway>",
      "in wan ah 203.0.113.5 > 198.51.100.2",
      "block: Default deny rule IPv4",
    ],
    [
      "not from others",
      "<remote-gateway>203.0.113.5</remote-gateway>",
      "in wan udp 203.0.113.6 > 198.51.100.2#500",
      "block: Default deny rule IPv4",
    ],
    [
      "from anybody for mobile clients",
      "<mobile></mobile>",
      "in wan udp 203.0.113.6 > 198.51.100.2#4500",
      "pass: IPsec: Bremen - inbound nat-t",
    ],
    [
      "not where it is disabled",
      "<disabled></disabled><remote-gateway>203.0.113.5</remote-gateway>",
      "in wan udp 203.0.113.5 > 198.51.100.2#500",
      "block: Default deny rule IPv4",
    ],
  ])("IPsec: %s", ([, phase1 = "", text = "", expected]) => {
    expect(verdict(node(ipsec(phase1)), text)).toBe(expected);
  });

  test("an IPsec peer with a host name leaves it open", () => {
    expect(
      decide(node(ipsec("<remote-gateway>vpn.example</remote-gateway>")), "in wan udp 203.0.113.5 > 198.51.100.2#500")
        .verdict,
    ).toBe("unknown");
  });

  test("static routes bypass the rules where that is wanted", () => {
    const routes =
      "<staticroutes><route><network>10.9.0.0/16</network><gateway>R</gateway></route></staticroutes><gateways><gateway_item><name>R</name><interface>lan</interface><gateway>192.168.1.9</gateway></gateway_item></gateways>";
    const with_ = node({ rules: "<bypassstaticroutes></bypassstaticroutes>", more: routes });
    expect(verdict(with_, "in lan tcp 192.168.1.50 > 10.9.1.1#25")).toBe(
      "pass: pass traffic between statically routed subnets",
    );
    expect(decide(node({ more: routes }), "in lan tcp 192.168.1.50 > 10.9.1.1#25").verdict).toBe("block");
  });
});

describe("packets that are nowhere", () => {
  test("with pf off, everything passes", () => {
    const config = node({ system: "<disablefilter></disablefilter>" });
    expect(decide(config, "in lan tcp 192.168.1.50 > 9.9.9.9#25")).toMatchObject({
      verdict: "pass",
      automatic: "filter-off",
    });
  });

  test.for([
    ["an interface that is not there", "in opt9 tcp 192.168.1.50 > 9.9.9.9#25"],
    ["a pseudo interface that is not in use", "in openvpn tcp 192.168.1.50 > 9.9.9.9#25"],
    ["a protocol that nobody knows", "in lan quic 192.168.1.50 > 9.9.9.9#25"],
    ["addresses of two families", "in lan tcp 192.168.1.50 > 2001:db8::1#25"],
  ])("%s", ([, text = ""]) => {
    expect(decide(node(), text)).toMatchObject({ verdict: "unknown", rule: undefined, automatic: undefined });
  });

  test("an interface without enable", () => {
    const config = node({ interfaces: wan + lan.replace("<enable></enable>", ""), rules: rule({}) });
    expect(filterOf(config).hasInterface("lan")).toBe(false);
    expect(filterOf(config).leftOut[0]?.reason).toBe("lan is no enabled interface");
  });
});
