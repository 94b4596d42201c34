import { expect, test } from "vitest";
import { natSelfTranslated } from "../../src/rules/nat-self-translated.ts";
import { alias, outbound, rule, vip, withVip } from "../support/nat.ts";
import { change, report, small } from "../support/pair.ts";

const from = (source: string, files = small) => outbound(files, rule({ from: source }));

test.for([
  ["a network behind the nodes", from("192.168.7.0/24")],
  ["an interface behind the nodes", from("lan")],
  [
    "an alias of networks behind the nodes",
    from("inside", alias(small, "inside", "192.168.7.0/24 10.60.0.0/16", "network")),
  ],
  [
    "an alias whose name ends like that of an address",
    from("voip", alias(small, "voip", "192.168.7.64/26", "network")),
  ],
  ["an alias that only the firewall can fill", from("dyn", alias(small, "dyn", "https://fw.example/l", "urltable"))],
  ["any, where it keeps the interface's address", outbound(small, rule({ from: "any", to: "wanip" }))],
  ["any, where it is exempt from NAT", outbound(small, rule({ from: "any", extra: "<nonat></nonat>" }))],
  ["any, in a disabled rule", outbound(small, rule({ from: "any", extra: "<disabled></disabled>" }))],
  ["any, in automatic mode", outbound(small, rule({ from: "any" }), "automatic")],
  ["what is not the LAN", change(from("192.168.7.0/24"), "both", "<source><network>", "<source><not></not><network>")],
  [
    "an IPv6 network with a node's address, translated to an IPv4 VIP",
    change(
      from("2001:db8::/64"),
      "both",
      "<ipaddr>198.51.100.1",
      "<ipaddrv6>2001:db8::1</ipaddrv6><ipaddr>198.51.100.1",
    ),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(natSelfTranslated, files)).toBe("");
});

test.for([
  ["(self)", from("(self)"), "the nodes themselves"],
  [
    "an element that says any",
    change(from("x"), "both", "<network>x</network>", "<any></any>"),
    "the nodes themselves",
  ],
  ["the secondary's address alone", from("198.51.100.12/32"), "the nodes' own addresses"],
  ["the network of the WAN by name", from("wan"), "the nodes' own addresses"],
  ["the address of the WAN by name", from("wanip"), "the nodes' own addresses"],
  [
    "an alias with the primary's address",
    from("own", alias(small, "own", "192.168.7.0/24 198.51.100.11", "network")),
    "the nodes' own addresses",
  ],
  ["localhost", from("127.0.0.1/32"), "the nodes' loopback addresses"],
  [
    "any, translated to a stacked IP alias",
    outbound(
      withVip(small, vip("ipalias", "_vip64b0000000001", "198.51.100.14")),
      rule({ from: "any", to: "198.51.100.14" }),
    ),
    "the nodes themselves",
  ],
  [
    "any, translated to an alias of the VIP",
    outbound(alias(small, "out", "198.51.100.10"), rule({ from: "any", to: "out" })),
    "the nodes themselves",
  ],
] as const)("reports %s", async ([, files, what]) => {
  expect(await report(natSelfTranslated, files)).toContain(`expected a source without ${what}`);
});

test("proves it by the addresses that are caught, of each node that has one there", async () => {
  const found = await report(natSelfTranslated, from("198.51.100.12/31"));
  expect(found).toContain("secondary.xml:58:12: the secondary's address on wan");
  expect(found).not.toContain("the primary's address");
  const dynamic = change(
    from("198.51.100.0/24"),
    "secondary",
    "<ipaddr>198.51.100.12</ipaddr>",
    "<ipaddr>dhcp</ipaddr>",
  );
  expect(await report(natSelfTranslated, dynamic)).toContain("primary.xml:58:12: the primary's address on wan");
  expect(await report(natSelfTranslated, dynamic)).not.toContain("the secondary's address");
  const gone = change(from("198.51.100.0/24"), "secondary", /\t\t<wan>[\s\S]*<\/wan>\n/, "");
  expect(await report(natSelfTranslated, gone)).not.toContain("the secondary's address");
});
