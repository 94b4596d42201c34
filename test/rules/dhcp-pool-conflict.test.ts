import { expect, test } from "vitest";
import { dhcpPoolConflict as rule } from "../../src/rules/dhcp-pool-conflict.ts";
import { change, report, small } from "../support/pair.ts";
import { addToDhcp, setDhcp } from "../support/services.ts";
import { addVip } from "../support/vips.ts";

const range = (from: string, to: string) => setDhcp(setDhcp(small, "both", "from", from), "both", "to", to);
const vip = (fields: object) => addVip(small, "both", { subnet: "192.168.7.150", ...fields });

test.for([
  ["addresses just outside", range("192.168.7.13", "192.168.7.254")],
  ["a range without an end", range("192.168.7.1", "")],
  ["an address that cannot be read", range("192.168.7", "192.168.7.254")],
  ["a VIP of another interface", vip({ interface: "wan" })],
  ["an IPv6 VIP", vip({ bits: "64", subnet: "2001:db8:7::1" })],
  ["a VIP whose address cannot be read", vip({ subnet: "192.168.7" })],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["a VIP", vip({}), "found 192.168.7.150 ["],
  ["an IP alias", vip({ mode: "ipalias" }), "found 192.168.7.150 ["],
  [
    "a stacked IP alias",
    vip({ mode: "ipalias", interface: "_vip64b0000000002", uniqid: "a" }),
    "found 192.168.7.150 [",
  ],
  ["the first address", range("192.168.7.12", "192.168.7.20"), "found 192.168.7.12 ["],
  ["the last address", range("192.168.7.2", "192.168.7.11"), "found 192.168.7.11 ["],
  [
    "an address of the secondary alone",
    change(small, "secondary", "192.168.7.12</ipaddr>", "192.168.7.112</ipaddr>"),
    "found 192.168.7.112 [",
  ],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test("looks at pools as well, each for itself", async () => {
  const files = addToDhcp(small, "both", "<pool><range><from>192.168.7.1</from><to>192.168.7.9</to></range></pool>");
  const found = await report(rule, files);
  expect(found).toContain("expected no address of a node or VIP from 192.168.7.1 to 192.168.7.9, found 192.168.7.1 [");
  expect(found.match(/: warning:/g)).toHaveLength(1);
});
