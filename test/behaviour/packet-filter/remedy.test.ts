import { expect, test } from "vitest";
import { filterOf } from "../../../src/behaviour/packet-filter/index.ts";
import { remedyFor } from "../../../src/behaviour/packet-filter/remedy.ts";
import { lan, type NodeParts, node, packet, rule, wan } from "../../support/filter.ts";

function remedy(parts: NodeParts, text: string): string | undefined {
  const config = node(parts);
  const asked = packet(text);
  const decision = filterOf(config).decide(asked);
  expect(decision.verdict).toBe("block");
  return remedyFor(config, asked, decision);
}

const web = "in lan tcp 192.168.1.50 > 203.0.113.9#443";
const wanted = "a rule that passes TCP from 192.168.1.50 (or LAN net) to 203.0.113.9 port 443";
const any = rule({}) + rule({ interface: "wan" });
const flagged = (name: string): string => wan.replace("<enable>", `<${name}></${name}><enable>`) + lan;
const carpVip =
  "<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet>198.51.100.10</subnet><subnet_bits>24</subnet_bits></vip>";

test.for([
  ["no rule", {}, web, `add ${wanted} in Firewall > Rules > LAN`],
  [
    "a rule that is left out",
    { rules: rule({ descr: "web", destination: "<address>sites</address>" }) },
    web,
    `add ${wanted} in Firewall > Rules > LAN; rule "web" on lan is left out by pfSense: there is no alias sites for its destination`,
  ],
  [
    "a rule of the interface",
    { rules: rule({ type: "block", descr: "none" }) },
    web,
    `put ${wanted} above rule "none" on lan in Firewall > Rules > LAN, or change that rule`,
  ],
  [
    "a floating rule",
    { rules: rule({ type: "block", descr: "none", more: "<floating>yes</floating><quick></quick>" }) },
    web,
    `put ${wanted}, with Quick, above rule "none" on lan in Firewall > Rules > Floating, or change that rule`,
  ],
  [
    "a rule of a group",
    {
      rules: rule({ type: "block", descr: "none", interface: "INSIDE" }),
      more: "<ifgroups><ifgroupentry><ifname>INSIDE</ifname><members>lan</members></ifgroupentry></ifgroups>",
    },
    web,
    `put ${wanted} above rule "none" on INSIDE in Firewall > Rules > INSIDE, or change that rule`,
  ],
  [
    "private networks",
    { rules: any, interfaces: flagged("blockpriv") },
    "in wan tcp 10.0.0.1 > 9.9.9.9#80",
    'untick "Block private networks and loopback addresses" in Interfaces > WAN; no rule can pass what it blocks',
  ],
  [
    "bogons",
    { rules: any, interfaces: flagged("blockbogons") },
    "in wan tcp 203.0.113.1 > 9.9.9.9#80",
    'untick "Block bogon networks" in Interfaces > WAN; no rule can pass what it blocks',
  ],
  [
    "IPv6",
    { system: "" },
    "in lan tcp 2001:db8:1::5 > 2001:db8::9#80",
    "tick Allow IPv6 in System > Advanced > Networking, and add a rule",
  ],
  [
    "link-local IPv4",
    { rules: any },
    "in lan tcp 169.254.0.1 > 9.9.9.9#80",
    "use addresses outside 169.254.0.0/16, or add <no_apipa_block></no_apipa_block> to <system>",
  ],
  [
    "CARP from an own address",
    { vips: carpVip },
    "in wan carp 198.51.100.2 > 224.0.0.18",
    "give each node an address of its own in Interfaces > WAN: 198.51.100.2 is also this node's",
  ],
  ["port 0, which nobody needs", {}, "in lan tcp 192.168.1.50 > 9.9.9.9#0", undefined],
  [
    "no rule in a tunnel",
    { more: "<openvpn><openvpn-server><vpnid>1</vpnid></openvpn-server></openvpn>" },
    "in openvpn udp 10.8.0.2 > 192.168.1.9#53",
    "add a rule that passes UDP from 10.8.0.2 to 192.168.1.9 port 53 in Firewall > Rules > OpenVPN",
  ],
] as const)("blocked by %s", ([, parts, text, expected]) => {
  expect(remedy(parts, text)).toBe(expected);
});
