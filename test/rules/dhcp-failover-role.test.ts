import { describe, expect, test } from "vitest";
import { dhcpFailoverRole as rule } from "../../src/rules/dhcp-failover-role.ts";
import { change, fixed, lintFiles, report, small } from "../support/pair.ts";
import { serveOpt2, setDhcp, withoutDhcpSync } from "../support/services.ts";
import { addInterface, addVip, setVip, withoutVipSync } from "../support/vips.ts";

const skews = (primary: string, secondary: string) =>
  setVip(setVip(small, "primary", 2, "advskew", primary), "secondary", 2, "advskew", secondary);

test.for([
  ["the roles the other way round", withoutVipSync(skews("100", "0"))],
  ["one VIP below 20 among several", addVip(skews("20", "120"), "both", { subnet: "192.168.7.2" })],
  [
    "a peer outside the network, which dhcp-failover-peer reports",
    setDhcp(small, "primary", "failover_peerip", "10.99.0.2"),
  ],
  [
    "a peer that is no address, which dhcp-failover-peer reports",
    setDhcp(small, "primary", "failover_peerip", "brook-b"),
  ],
  ["none on the primary, which carp-advskew-set reports", skews("", "100")],
  ["one that sync raises too high, which carp-advskew-headroom reports", skews("150", "250")],
  ["the wrong order below 20, which carp-advskew-order reports", skews("0", "0")],
  [
    "no CARP VIP at all, which carp-vip-present reports",
    change(small, "both", /<virtualip>[\s\S]*<\/virtualip>/, "<virtualip></virtualip>"),
  ],
  ["a secondary without failover", withoutDhcpSync(setDhcp(skews("20", "120"), "secondary", "failover_peerip", ""))],
  ["a server that is off", change(skews("20", "120"), "both", /(<dhcpd>\s*<lan>)\s*<enable><\/enable>/, "$1")],
  [
    "an interface that is told its address",
    change(skews("20", "120"), "primary", "192.168.7.11</ipaddr>", "dhcp</ipaddr>"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "20 on the primary",
    skews("20", "120"),
    "primary.xml:111:21: error: DHCP on lan: expected the nodes to be primary and secondary in failover, found both to be secondary",
  ],
  [
    "19 on the secondary",
    skews("0", "19"),
    "secondary.xml:111:21: error: DHCP on lan: expected the nodes to be primary and secondary in failover, found both to be primary",
  ],
  ["none on the primary while VIPs are not synced", withoutVipSync(skews("", "100")), "found both to be secondary"],
  [
    "one VIP in order below 20 beside one out of order",
    addVip(addVip(skews("5", "5"), "primary", { subnet: "192.168.7.2" }), "secondary", {
      subnet: "192.168.7.2",
      advskew: "10",
    }),
    "found both to be primary",
  ],
  ["what the next sync leaves", skews("20", "19"), "found both to be secondary"],
] as const)("reports %s", async ([, files, message]) => {
  const found = await report(rule, files);
  expect(found).toContain(message);
  expect(found.match(/: error:/g)).toHaveLength(1);
});

describe("the fix", () => {
  test("writes the secondary's advskew as sync would", async () => {
    expect(await fixed(rule, skews("5", "19"))).toEqual(skews("5", "105"));
  });

  test("spreads the two where the primary is too slow, which is not safe", async () => {
    const { diagnostics } = await lintFiles(skews("20", "120"), [rule]);
    expect(diagnostics.map(({ fix }) => fix?.safe)).toEqual([false]);
    expect(await fixed(rule, skews("20", "120"))).toEqual(small);
  });

  test.for([
    ["VIPs are not synced", withoutVipSync(skews("5", "19"))],
    [
      "a VIP to blame has no twin",
      addVip(withoutVipSync(skews("0", "100")), "secondary", { subnet: "192.168.7.2", advskew: "3" }),
    ],
  ] as const)("is not offered where %s", async ([, files]) => {
    const found = await report(rule, files);
    expect(found).toContain("help: give the primary's CARP VIPs");
    expect(found).not.toContain("fix:");
  });
});

test("reports failover on an interface without a CARP VIP, where both are secondary", async () => {
  const one = serveOpt2(addInterface(small), "primary", "<failover_peerip>192.168.8.12</failover_peerip>");
  const both = serveOpt2(one, "secondary", "<failover_peerip>192.168.8.11</failover_peerip>");
  expect(await report(rule, both)).toContain("DHCP on opt2: expected the nodes to be primary and secondary");
});
