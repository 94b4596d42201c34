import { describe, expect, test } from "vitest";
import { filterOf } from "../../../src/behaviour/packet-filter/index.ts";
import { alias, decide, lan, node, rule, verdict, wan } from "../../support/filter.ts";

const web = "in lan tcp 192.168.1.50 > 203.0.113.9#443";
const deny = "block: Default deny rule IPv4";
const passed = (title: string): string => `pass: ${title}`;

describe("which rules are looked at", () => {
  test.for([
    ["a rule on another interface", { interface: "wan" }, deny],
    ["a rule of the other family", { ipprotocol: "inet6" }, deny],
    ["both families", { ipprotocol: "inet46" }, passed("rule 1 on lan")],
    ["another protocol", { protocol: "udp" }, deny],
    ["TCP and UDP", { protocol: "tcp/udp" }, passed("rule 1 on lan")],
    ["a protocol in capitals", { protocol: "TCP" }, passed("rule 1 on lan")],
    ["a protocol by its number", { protocol: "6" }, passed("rule 1 on lan")],
    ["any protocol, by name", { protocol: "any" }, passed("rule 1 on lan")],
    ["a protocol that nobody knows", { protocol: "quic" }, deny],
    ["disabled, whatever the element holds", { more: "<disabled>0</disabled>" }, deny],
    ["a separator", { more: "<separator></separator>" }, deny],
    ["an unknown type", { type: "permit" }, passed("rule 1 on lan")],
    ["match, which decides nothing", { type: "match" }, deny],
    ["reject, which blocks", { type: "reject" }, "block: rule 1 on lan"],
    [
      "TCP flags other than those of a SYN",
      { protocol: "tcp", more: "<tcpflags1>ack</tcpflags1><tcpflags2>syn,ack</tcpflags2>" },
      deny,
    ],
    [
      "the TCP flags of a SYN",
      { protocol: "tcp", more: "<tcpflags1>syn</tcpflags1><tcpflags2>syn,ack</tcpflags2>" },
      passed("rule 1 on lan"),
    ],
    [
      "any TCP flags",
      { protocol: "tcp", more: "<tcpflags1>ack</tcpflags1><tcpflags2>ack</tcpflags2><tcpflags_any></tcpflags_any>" },
      passed("rule 1 on lan"),
    ],
    ["a DSCP", { more: "<dscp>ef</dscp>" }, deny],
    ["a tag that no rule gives", { more: "<tagged>guest</tagged>" }, deny],
    ["the absence of a tag", { more: "<tagged>guest</tagged><nottagged></nottagged>" }, passed("rule 1 on lan")],
  ] as const)("%s", ([, parts, expected]) => {
    expect(verdict(node({ rules: rule(parts) }), web)).toBe(expected);
  });

  test("of ICMP types an echo request", () => {
    const ping = "in lan icmp 192.168.1.50 > 203.0.113.9";
    const icmp = (types: string) => node({ rules: rule({ protocol: "icmp", more: `<icmptype>${types}</icmptype>` }) });
    expect(verdict(icmp("trace,echoreq"), ping)).toBe("pass: rule 1 on lan");
    expect(verdict(icmp("trace"), ping)).toBe(deny);
    expect(verdict(icmp("any"), ping)).toBe("pass: rule 1 on lan");
  });

  test("ICMPv6 for IPv6 addresses", () => {
    const ping = "in lan icmp 2001:db8:1::50 > 2001:db8:9::9";
    expect(verdict(node({ rules: rule({ protocol: "icmp", ipprotocol: "inet6" }) }), ping)).toBe("pass: rule 1 on lan");
    expect(verdict(node({ rules: rule({ protocol: "icmp", ipprotocol: "inet" }) }), ping)).toBe(
      "block: Default deny rule IPv6",
    );
  });
});

describe("the order of rules", () => {
  const floating = (parts: object) =>
    rule({ interface: "lan", type: "block", descr: "floating", more: "<floating>yes</floating>", ...parts });
  const group = `<ifgroups><ifgroupentry><ifname>INSIDE</ifname><members>lan opt1</members></ifgroupentry></ifgroups>`;

  test("of one interface, the first match", () => {
    const rules = rule({ type: "block", descr: "one" }) + rule({ descr: "two" });
    expect(verdict(node({ rules }), web)).toBe('block: rule "one" on lan');
  });

  test("floating and not quick: the last match, where no quick rule follows", () => {
    expect(verdict(node({ rules: floating({}) + rule({ descr: "lan" }) }), web)).toBe('pass: rule "lan" on lan');
    expect(verdict(node({ rules: rule({ descr: "lan", interface: "wan" }) + floating({}) }), web)).toBe(
      'block: rule "floating" on lan',
    );
  });

  test("floating and quick: before the rules of interfaces, wherever it stands", () => {
    const quick = floating({ more: "<floating>yes</floating><quick></quick>" });
    expect(verdict(node({ rules: rule({}) + quick }), web)).toBe('block: rule "floating" on lan');
  });

  test("groups come before interfaces", () => {
    const rules = rule({ descr: "lan" }) + rule({ interface: "INSIDE", type: "block", descr: "group" });
    expect(verdict(node({ rules, more: group }), web)).toBe('block: rule "group" on INSIDE');
  });

  test("groups among themselves: as in the file up to 2.7, in their own order later", () => {
    const groups = `<ifgroups><ifgroupentry><ifname>FIRST</ifname><members>lan</members></ifgroupentry><ifgroupentry><ifname>SECOND</ifname><members>lan</members></ifgroupentry></ifgroups>`;
    const rules = rule({ interface: "SECOND", descr: "b" }) + rule({ interface: "FIRST", descr: "a" });
    expect(verdict(node({ rules, more: groups }), web)).toBe('pass: rule "b" on SECOND');
    expect(verdict(node({ rules, more: groups, version: "24.0" }), web)).toBe('pass: rule "a" on FIRST');
  });

  test("rules of OpenVPN reach its assigned interfaces, and come first", () => {
    const interfaces = `${wan}${lan}<opt1><enable></enable><if>ovpns1</if></opt1>`;
    const rules =
      rule({ interface: "opt1", descr: "tab" }) + rule({ interface: "openvpn", type: "block", descr: "OpenVPN" });
    const more = "<openvpn><openvpn-server><vpnid>1</vpnid></openvpn-server></openvpn>";
    expect(verdict(node({ rules, interfaces, more }), "in opt1 udp 10.8.0.2 > 192.168.1.9#53")).toBe(
      'block: rule "OpenVPN" on openvpn',
    );
    expect(verdict(node({ rules, interfaces }), "in opt1 udp 10.8.0.2 > 192.168.1.9#53")).toBe(
      'pass: rule "tab" on opt1',
    );
  });

  test("a tag from an earlier match is seen by later rules", () => {
    const tagging = rule({ type: "match", more: "<floating>yes</floating><tag>guest</tag>" });
    const tagged = rule({ descr: "guests", more: "<tagged>guest</tagged>" });
    expect(verdict(node({ rules: tagging + tagged }), web)).toBe('pass: rule "guests" on lan');
  });
});

describe("floating rules", () => {
  const out = "out lan tcp 192.168.1.1 > 192.168.1.50#80";
  const block = (more: string) =>
    node({ rules: rule({ interface: "lan,wan", type: "block", more: `${more}<quick></quick>` }) });

  test.for([
    ["yes and out", "<floating>yes</floating><direction>out</direction>", "block: rule 1 on lan,wan"],
    ["yes and any", "<floating>yes</floating><direction>any</direction>", "block: rule 1 on lan,wan"],
    ["yes and no direction", "<floating>yes</floating>", "block: rule 1 on lan,wan"],
    [
      "yes and in",
      "<floating>yes</floating><direction>in</direction>",
      "pass: let out anything IPv4 from firewall host itself",
    ],
    [
      "on, which makes every direction in",
      "<floating>on</floating><direction>out</direction>",
      "pass: let out anything IPv4 from firewall host itself",
    ],
  ])("%s", ([, more, expected]) => {
    expect(verdict(block(more ?? ""), out)).toBe(expected);
  });

  test("none of whose interfaces is enabled: ignored since 2.5.2, everywhere before", () => {
    const rules = rule({ interface: "opt7", more: "<floating>yes</floating>" });
    expect(verdict(node({ rules }), web)).toBe(deny);
    expect(verdict(node({ rules, version: "21.5" }), web)).toBe("pass: rule 1 on opt7");
  });
});

describe("networks and addresses", () => {
  const to = (destination: string, parts: object = {}) => node({ rules: rule({ destination }), ...parts });
  const vips =
    "<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><uniqid>a</uniqid><subnet>192.168.1.254</subnet><subnet_bits>24</subnet_bits></vip><vip><mode>ipalias</mode><interface>_vipa</interface><uniqid>b</uniqid><subnet>10.5.0.1</subnet><subnet_bits>16</subnet_bits></vip><vip><mode>proxyarp</mode><interface>wan</interface><subnet>198.51.100.77</subnet><subnet_bits>32</subnet_bits></vip>";

  test.for([
    ["the network of an interface", "<network>lan</network>", "192.168.1.99", true],
    ["its VIPs' networks as well", "<network>lan</network>", "10.5.9.9", true],
    ["not other networks", "<network>lan</network>", "10.6.0.1", false],
    ["the address of an interface", "<network>lanip</network>", "192.168.1.1", true],
    ["which its VIP is not", "<network>lanip</network>", "192.168.1.254", false],
    ["the firewall itself", "<network>(self)</network>", "198.51.100.2", true],
    ["its VIPs as well", "<network>(self)</network>", "10.5.0.1", true],
    ["but not for proxy ARP", "<network>(self)</network>", "198.51.100.77", false],
    ["nor its neighbours", "<network>(self)</network>", "192.168.1.2", false],
    ["any, negated or not", "<any></any><not></not>", "9.9.9.9", true],
    ["a literal network", "<address>10.1.0.0/16</address>", "10.1.2.3", true],
    ["a negated address", "<address>10.1.2.3</address><not></not>", "10.1.2.3", false],
    ["a negated network of an interface", "<network>lan</network><not></not>", "10.5.9.9", false],
  ] as const)("%s", ([, destination, address, matches]) => {
    const found = decide(to(destination, { vips }), `in lan tcp 192.168.1.50 > ${address}#8080`);
    expect(found.verdict).toBe(matches ? "pass" : "block");
  });

  test("negated networks of an interface with VIPs match everything up to 2.7.0, one rule for each", () => {
    const config = (version: string) => to("<network>lan</network><not></not>", { vips, version });
    expect(decide(config("22.9"), "in lan tcp 192.168.1.50 > 10.5.9.9#80").verdict).toBe("pass");
    expect(decide(config("23.3"), "in lan tcp 192.168.1.50 > 10.5.9.9#80").verdict).toBe("block");
  });

  test("a group as an address is the networks of its members", () => {
    const more = "<ifgroups><ifgroupentry><ifname>INSIDE</ifname><members>lan</members></ifgroupentry></ifgroups>";
    const config = to("<network>INSIDE</network>", { more });
    expect(decide(config, "in lan tcp 192.168.1.50 > 192.168.1.9#80").verdict).toBe("pass");
    expect(decide(config, "in lan tcp 192.168.1.50 > 198.51.100.9#80").verdict).toBe("block");
  });

  test.for([
    ["an empty end", "", "its destination is empty"],
    ["an alias that is not there", "<address>ghosts</address>", "there is no alias ghosts for its destination"],
    ["a host name", "<address>www.example</address>", "there is no alias www.example for its destination"],
    [
      "a network where an interface belongs",
      "<network>10.0.0.0/8</network>",
      "its destination is the network of 10.0.0.0/8, and there is no such interface",
    ],
    [
      "an interface that is not there",
      "<network>opt9</network>",
      "its destination is the network of opt9, and there is no such interface",
    ],
    [
      "the address of an interface without one",
      "<network>opt1ip</network>",
      "its destination is the IPv4 address of opt1, which has none",
    ],
    [
      "the network of an interface without one",
      "<network>opt1</network>",
      "its destination is the network of opt1, which has none",
    ],
  ])("a rule is left out for %s", ([, destination = "", reason]) => {
    const interfaces = `${wan}${lan}<opt1><enable></enable><if>em2</if></opt1>`;
    const config = node({ rules: rule({ destination, descr: "x" }), interfaces });
    expect(filterOf(config).leftOut.map((entry) => entry.reason)).toEqual([reason]);
    expect(verdict(config, web)).toBe(deny);
  });

  test("a rule of both families keeps the one that there is", () => {
    const rules = rule({ ipprotocol: "inet46", source: "<network>wanip</network>", interface: "wan" });
    const config = node({ rules });
    expect(filterOf(config).leftOut).toEqual([]);
    expect(decide(config, "in wan tcp 198.51.100.2 > 192.168.1.9#80").verdict).toBe("pass");
  });

  test("an interface that is told its address leaves it open, but not for addresses of other networks", () => {
    const interfaces = `<wan><enable></enable><if>em0</if><ipaddr>dhcp</ipaddr></wan>${lan}`;
    const config = node({ rules: rule({ interface: "wan", destination: "<network>wanip</network>" }), interfaces });
    const found = decide(config, "in wan tcp 203.0.113.9 > 198.51.100.2#443");
    expect(found).toMatchObject({
      verdict: "unknown",
      rule: undefined,
      doubts: ["wan is told its IPv4 address by dhcp"],
    });
    expect(found.why).toBe(
      'cannot be told: rule 1 on wan may pass it (wan is told its IPv4 address by dhcp), otherwise "Default deny rule IPv4" blocks it',
    );
    expect(decide(config, "in wan tcp 203.0.113.9 > 192.168.1.9#443").verdict).toBe("block");
  });
});

describe("ports", () => {
  const from = (port: string, parts: object = {}) =>
    node({
      rules: rule({ protocol: "tcp", destination: `<any></any><port>${port}</port>`, ...parts }),
      aliases:
        alias("web", "port", "80 443 8000:8010") +
        alias("empty", "port", "") +
        alias("more", "port", "web 22") +
        alias("hosts", "host", "10.0.0.1"),
    });

  test.for([
    ["443", 443, true],
    ["443", 444, false],
    ["440-450", 443, true],
    ["440-442", 443, false],
    ["450-440", 445, false],
    ["https", 443, true],
    ["1-65535", 443, true],
    ["web", 8005, true],
    ["web", 22, false],
    ["more", 8005, true],
    ["more", 22, true],
  ] as const)("%s and %i: %s", ([port, number, matches]) => {
    expect(decide(from(port), `in lan tcp 192.168.1.50 > 203.0.113.9#${number}`).verdict).toBe(
      matches ? "pass" : "block",
    );
  });

  test.for([
    ["ghosts", "there is no port alias ghosts for its destination"],
    ["empty", "port alias empty is empty"],
    ["ftp-data", "there is no port alias ftp-data for its destination"],
    ["70000", "there is no port alias 70000 for its destination"],
  ])("%s leaves the rule out", ([port = "", reason]) => {
    expect(filterOf(from(port)).leftOut.map((entry) => entry.reason)).toEqual([reason]);
  });

  test("an alias of addresses as a port is a rule set that pf refuses, so nothing can be told", () => {
    expect(decide(from("hosts"), web).verdict).toBe("unknown");
  });

  test("a port without a protocol makes TCP of any port", () => {
    const config = from("443", { protocol: undefined });
    expect(decide(config, "in lan tcp 192.168.1.50 > 203.0.113.9#22").verdict).toBe("pass");
    expect(decide(config, "in lan udp 192.168.1.50 > 203.0.113.9#443").verdict).toBe("block");
  });

  test("a protocol without ports forgets the port", () => {
    expect(decide(from("443", { protocol: "esp" }), "in lan esp 192.168.1.50 > 203.0.113.9").verdict).toBe("pass");
  });
});

describe("gateways and schedules", () => {
  const skip = "<webgui></webgui><skip_rules_gw_down></skip_rules_gw_down>";
  const gateways =
    "<gateways><gateway_item><name>GW</name><interface>wan</interface><gateway>198.51.100.1</gateway></gateway_item></gateways>";
  const through = (name: string, parts: object = {}) =>
    node({ rules: rule({ more: `<gateway>${name}</gateway>` }), ...parts });

  test("an unknown gateway is ignored, unless rules of dead gateways are to be left out", () => {
    expect(decide(through("GONE"), web).verdict).toBe("pass");
    expect(filterOf(through("GONE", { system: skip })).leftOut[0]?.reason).toBe("there is no gateway GONE");
  });

  test("a known one is up, unless rules of dead gateways are to be left out", () => {
    expect(decide(through("GW", { more: gateways }), web)).toMatchObject({ verdict: "pass", doubts: [] });
    expect(decide(through("GW", { more: gateways, system: skip }), web)).toMatchObject({
      verdict: "unknown",
      doubts: ["gateway GW may be down"],
    });
  });

  test("a blocking rule needs no gateway", () => {
    const config = node({ rules: rule({ type: "block", more: "<gateway>GONE</gateway>" }), system: skip });
    expect(verdict(config, web)).toBe("block: rule 1 on lan");
  });

  const scheduled = (range: string, name = "s") =>
    node({
      rules: rule({ more: `<sched>${name}</sched>` }),
      more: `<schedules><schedule><name>s</name><timerange>${range}</timerange></schedule></schedules>`,
    });

  test.for([
    ["every day", "<position>1,2,3,4,5,6,7</position><hour>0:00-23:59</hour>", "pass"],
    ["no limit at all", "<hour></hour>", "pass"],
    ["a day that no month has", "<month>2,4</month><day>31,31</day><hour>0:00-23:59</hour>", "block"],
    ["hours that end before they begin", "<hour>9:00-8:00</hour>", "block"],
    ["working days", "<position>1,2,3,4,5</position><hour>0:00-23:59</hour>", "unknown"],
    ["office hours", "<position>1,2,3,4,5,6,7</position><hour>8:00-17:00</hour>", "unknown"],
    ["one month", "<month>5</month><hour>0:00-23:59</hour>", "unknown"],
    ["29 February", "<month>2</month><day>29</day>", "unknown"],
  ])("a schedule of %s", ([, range = "", expected]) => {
    expect(decide(scheduled(range), web).verdict).toBe(expected);
  });

  test("an unknown schedule is always on", () => {
    expect(decide(scheduled("<hour>9:00-8:00</hour>", "gone"), web).verdict).toBe("pass");
  });

  test("a doubt that changes nothing is a note", () => {
    const more =
      "<schedules><schedule><name>s</name><timerange><position>1</position></timerange></schedule></schedules>";
    const config = node({
      rules: rule({ descr: "mondays", more: "<sched>s</sched>" }) + rule({ descr: "always" }),
      more,
    });
    expect(decide(config, web)).toMatchObject({
      verdict: "pass",
      label: 'rule "always" on lan',
      doubts: ["schedule s is not always on"],
    });
  });
});
