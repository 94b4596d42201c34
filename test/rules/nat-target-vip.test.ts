import { expect, test } from "vitest";
import { natTargetVip } from "../../src/rules/nat-target-vip.ts";
import { alias, outbound, rule, vip, withVip } from "../support/nat.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const toInterface = (from: string, files = small) => outbound(files, rule({ from, to: "wanip" }));

test.for([
  ["automatic mode", outbound(small, rule({ to: "wanip" }), "automatic")],
  ["a disabled rule", outbound(small, rule({ to: "wanip", extra: "<disabled></disabled>" }))],
  ["an exemption from NAT", outbound(small, rule({ to: "", extra: "<nonat></nonat>" }))],
  ["an interface without CARP VIP", outbound(small, rule({ on: "opt1", to: "opt1ip" }))],
  ["an address", outbound(small, rule({ to: "198.51.100.99" }))],
  ["a network", outbound(small, rule({ to: "203.0.113.0/28" }))],
  ["an alias", outbound(alias(small, "out", "198.51.100.10"), rule({ to: "out" }))],
  [
    "IPv6, for which there is no CARP VIP",
    outbound(small, rule({ to: "wanip", extra: "<ipprotocol>inet6</ipprotocol>" })),
  ],
  ["an IPv6 source, for which there is no CARP VIP", toInterface("2001:db8:7::/64")],
  ["the firewall itself", toInterface("(self)")],
  ["the loopback network", toInterface("127.0.0.0/8")],
  ["a part of the loopback network", toInterface("127.0.0.1/32")],
  ["the network of the WAN", toInterface("198.51.100.0/24")],
  ["the network of the WAN by name", toInterface("wan")],
  ["the address of the WAN by name", toInterface("wanip")],
  ["an alias of loopback and WAN", toInterface("own", alias(small, "own", "127.0.0.0/8 198.51.100.11", "network"))],
  [
    "an alias that only the firewall can fill",
    toInterface("dyn", alias(small, "dyn", "https://fw.example/l", "urltable")),
  ],
  ["a source that means nothing", toInterface("gone")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(natTargetVip, files)).toBe("");
});

test.for([
  ["manual mode", outbound(small, rule({ to: "wanip" }), "advanced")],
  ["an empty target", outbound(small, rule({ to: "" }))],
  ["no target at all", outbound(small, rule().replace("<target>198.51.100.10</target>", ""))],
  [
    "a target in a field of its own that is empty",
    outbound(small, rule({ to: "other-subnet", extra: "<targetip></targetip>" })),
  ],
  ["a name that means nothing", outbound(small, rule({ to: "WAN_VIP" }))],
  ["any source", toInterface("any")],
  ["an interface as source", toInterface("lan")],
  [
    "an alias of the LAN and loopback",
    toInterface("inside", alias(small, "inside", "192.168.7.0/24 127.0.0.0/8", "network")),
  ],
] as const)("reports %s", async ([, files]) => {
  const found = await report(natTargetVip, files);
  expect(found).toContain("which is each node's own address");
  expect((await fixed(natTargetVip, files)).primary).toContain("<target>198.51.100.10</target>");
});

test("writes the VIP of the rule's family, and none where there are two", async () => {
  const dual = withVip(toInterface("192.168.7.0/24"), vip("carp", "wan", "2001:db8::10", 64));
  expect((await fixed(natTargetVip, dual)).primary).toContain("<target>198.51.100.10</target>");
  const six = withVip(toInterface("2001:db8:7::/64"), vip("carp", "wan", "2001:db8::10", 64));
  expect((await fixed(natTargetVip, six)).primary).toContain("<target>2001:db8::10</target>");
  const both = change(dual, "both", "<network>192.168.7.0/24</network>", "<network>any</network>");
  expect(await report(natTargetVip, both)).not.toContain("fix:");
});

test("leaves the secondary alone: NAT is the primary's", async () => {
  expect(await report(natTargetVip, outbound(small, rule({ to: "wanip" }), "hybrid", "secondary"))).toBe("");
});
