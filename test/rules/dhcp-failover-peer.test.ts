import { expect, test } from "vitest";
import { dhcpFailoverPeer as rule } from "../../src/rules/dhcp-failover-peer.ts";
import { change, fixed, lintFiles, report, small } from "../support/pair.ts";
import { setDhcp, withoutDhcpSync } from "../support/services.ts";

const peer = (where: "primary" | "secondary", value: string | undefined) =>
  setDhcp(small, where, "failover_peerip", value);
const dynamic = (files: typeof small, where: "primary" | "secondary") =>
  change(files, where, /192\.168\.7\.1[12]<\/ipaddr>/, "dhcp</ipaddr>");

test.for([
  ["a peer that is told its address, so that it cannot be judged", dynamic(small, "secondary")],
  [
    "a peer of a server that is off",
    change(peer("secondary", "192.168.7.1"), "secondary", /(<dhcpd>\s*<lan>)\s*<enable><\/enable>/, "$1"),
  ],
  ["a primary without a peer, which dhcp-failover-set reports", peer("primary", "")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "the VIP",
    peer("primary", "192.168.7.1"),
    "primary.xml:111:21: error: DHCP on lan: expected the failover peer 192.168.7.12, the secondary's address on lan, found 192.168.7.1",
  ],
  ["its own address", peer("primary", "192.168.7.11"), "primary.xml:111:21: error"],
  ["the other's sync address", peer("secondary", "10.99.0.1"), "secondary.xml:111:21: error"],
  [
    "the word that sync writes for a dynamic interface",
    dynamic(peer("secondary", "dhcp"), "primary"),
    "expected the failover peer the primary's address on lan, found dhcp",
  ],
  ["a name", peer("primary", "brook-b"), "found brook-b"],
  [
    "nothing on the secondary, where the primary is in failover",
    peer("secondary", ""),
    "secondary.xml:111:21: error: DHCP on lan: expected the failover peer 192.168.7.11, the primary's address on lan, found none",
  ],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test("writes on the secondary what sync would", async () => {
  expect(await fixed(rule, peer("secondary", "10.99.0.1"))).toEqual(small);
  expect(await fixed(rule, peer("secondary", ""))).toEqual(small);
});

test.for([
  ["the primary is at fault", peer("primary", "192.168.7.1")],
  ["DHCP is not synced", withoutDhcpSync(peer("secondary", "10.99.0.1"))],
  ["sync would take the peer away", setDhcp(peer("secondary", "10.99.0.1"), "primary", "failover_peerip", "")],
  ["sync would write no address", dynamic(peer("secondary", "dhcp"), "primary")],
] as const)("offers no fix when %s", async ([, files]) => {
  const found = await report(rule, files);
  expect(found).toContain(rule.id);
  expect(found).not.toContain("fix:");
});

test("does not apply without failover", async () => {
  const { notApplicable } = await lintFiles(setDhcp(small, "both", "failover_peerip", ""), [rule]);
  expect(notApplicable).toEqual([{ rule: rule.id, reason: "no DHCP failover" }]);
});
