import { expect, test } from "vitest";
import type { NodeRole } from "../../src/diagnostic.ts";
import { xmlrpcTargetAddress as rule } from "../../src/rules/xmlrpc-target-address.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";

const target = (text: string, files: Files = small): Files =>
  change(files, "primary", "<synchronizetoip>10.99.0.2", `<synchronizetoip>${text}`);
const vip = (mode: string, where: string): string =>
  `<vip><mode>${mode}</mode><interface>${where}</interface><uniqid>64b000000000a</uniqid><subnet>192.168.7.5</subnet><subnet_bits>24</subnet_bits></vip>`;
const withVip = (node: NodeRole | "both", text: string): Files =>
  change(small, node, "</virtualip>", `${text}</virtualip>`);

test.for([
  ["the address of any interface of the secondary", target("198.51.100.12")],
  ["what is no address, which another rule reports", target("https://10.99.0.1")],
  [
    "an IP alias that the secondary keeps for itself",
    target("192.168.7.5", withVip("secondary", vip("ipalias", "lan"))),
  ],
  [
    "an unknown address while the secondary is told one",
    change(target("10.99.0.9"), "secondary", ">10.99.0.2</ipaddr>", ">dhcp</ipaddr>"),
  ],
  [
    "the address of an interface that is off, as interface-enabled-match says",
    change(target("192.168.7.12"), "secondary", /(<lan>\s*)<enable><\/enable>(\s*<if>)/, "$1$2"),
  ],
  [
    "the address of an interface that is not there, as interface-set-match says",
    change(small, "secondary", /<opt1>[\s\S]*?<\/opt1>/, ""),
  ],
  [
    "an unknown address while an address of the secondary cannot be read",
    change(target("10.99.0.9"), "secondary", ">192.168.7.12</ipaddr>", ">192.168.7.</ipaddr>"),
  ],
  [
    "an unknown address while a VPN of the secondary is given one",
    change(
      target("10.99.0.9"),
      "secondary",
      "<if>igb1</if>\n\t\t\t<descr><![CDATA[LAN]]></descr>\n\t\t\t<ipaddr>192.168.7.12</ipaddr>",
      "<if>ovpns1</if>",
    ),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["the primary's own", target("192.168.7.11"), "the primary's own on lan"],
  [
    "a stacked IP alias",
    target("192.168.7.5", withVip("both", vip("ipalias", "_vip64b0000000002"))),
    "a VIP, IP alias 192.168.7.5",
  ],
  [
    "a CARP VIP that only the secondary has",
    change(target("192.168.7.1"), "primary", "<subnet>192.168.7.1<", "<subnet>192.168.7.2<"),
    "a VIP, VHID 2 on lan",
  ],
  [
    "a proxy ARP VIP of the secondary",
    target("192.168.7.5", withVip("secondary", vip("proxyarp", "lan"))),
    "a VIP, proxy ARP",
  ],
  [
    "the address of an interface that is off on both nodes",
    change(target("192.168.7.12"), "both", /(<lan>\s*)<enable><\/enable>(\s*<if>)/, "$1$2"),
    "which no interface of it has",
  ],
  [
    "an IPv6 address, although other interfaces get IPv4 by DHCP",
    change(target("2001:db8::2"), "secondary", ">192.168.7.12</ipaddr>", ">dhcp</ipaddr>"),
    "which no interface of it has",
  ],
] as const)("reports %s", async ([, files, meaning]) => {
  expect(await report(rule, files)).toContain(meaning);
});

test("an address that both nodes hold is no matter of this rule", async () => {
  expect(await report(rule, change(small, "primary", "<ipaddr>10.99.0.1<", "<ipaddr>10.99.0.2<"))).toBe("");
});

test("offers no fix where the secondary's sync address is not known", async () => {
  const found = await report(rule, change(target("10.99.0.1"), "secondary", ">10.99.0.2</ipaddr>", ">dhcp</ipaddr>"));
  expect(found).toContain("help: write the secondary's sync address");
  expect(found).not.toContain("fix:");
});

test("writes the IPv6 address where the sync interface has no other", async () => {
  const files = change(
    target("192.168.7.1"),
    "secondary",
    "<ipaddr>10.99.0.2</ipaddr>",
    "<ipaddrv6>2001:db8:99:0::2</ipaddrv6>",
  );
  expect((await fixed(rule, files)).primary).toContain("<synchronizetoip>2001:db8:99::2</synchronizetoip>");
});
