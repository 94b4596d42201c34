import { expect, test } from "vitest";
import { dhcpDnsVip as rule } from "../../src/rules/dhcp-dns-vip.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { addToDhcp, setDhcp } from "../support/services.ts";
import { addVip } from "../support/vips.ts";

const servers = (...addresses: readonly string[]) =>
  addToDhcp(
    setDhcp(small, "both", "dnsserver", undefined),
    "both",
    addresses.map((one) => `<dnsserver>${one}</dnsserver>`).join(""),
  );
const resolverOff = change(servers(), "both", /<unbound>\s*<enable><\/enable>/, "<unbound>");

test.for([
  ["servers elsewhere", servers("192.0.2.53", "2001:db8::53")],
  ["both nodes, on one interface", servers("192.168.7.12", "192.168.7.11")],
  ["nothing, where no resolver runs", resolverOff],
  [
    "a pool without servers of its own",
    addToDhcp(small, "both", "<pool><range><from>192.168.7.20</from><to>192.168.7.29</to></range></pool>"),
  ],
  ["a text that is no address", servers("dns.example")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["nothing, where the resolver runs", servers(), "found none, so that each node hands out its own address"],
  [
    "nothing, where the forwarder runs",
    change(resolverOff, "both", "<unbound>", "<dnsmasq><enable></enable></dnsmasq><unbound>"),
    "found none",
  ],
  [
    "one node, beside a VIP",
    servers("192.168.7.1", "192.168.7.12"),
    "found 192.168.7.12, the secondary's address on lan",
  ],
  [
    "two interfaces of two nodes",
    servers("192.168.7.11", "198.51.100.12"),
    "found 192.168.7.11, the primary's address on lan",
  ],
  [
    "a static mapping's own",
    addToDhcp(small, "both", "<staticmap><cid>printer</cid><dnsserver>192.168.7.11</dnsserver></staticmap>"),
    "DHCP on lan, static mapping printer: expected a CARP VIP or both nodes as DNS server",
  ],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test("reports a list once, and fixes one entry after the other", async () => {
  const files = servers("192.168.7.11", "198.51.100.12");
  expect((await report(rule, files)).match(/: warning:/g)).toHaveLength(1);
  const after = await fixed(rule, files);
  expect(after.primary.match(/<dnsserver>192.168.7.1<\/dnsserver>/g)).toHaveLength(1);
  expect(after.primary).not.toContain("198.51.100.12");
  expect(await report(rule, after)).toBe("");
});

test("takes a node out of a list that has the VIP, and puts the VIP in its place where it has not", async () => {
  const beside = servers("192.168.7.1", "192.168.7.12");
  expect((await fixed(rule, beside)).primary).toBe(servers("192.168.7.1").primary);
  const alone = servers("192.168.7.12", "203.0.113.53");
  expect((await fixed(rule, alone)).primary).toBe(servers("192.168.7.1", "203.0.113.53").primary);
});

test("offers no fix where a person has to choose among several VIPs", async () => {
  expect(await report(rule, addVip(servers(), "both", { subnet: "192.168.7.2" }))).not.toContain("fix:");
});
