import { expect, test } from "vitest";
import { natForwardVip } from "../../src/rules/nat-forward-vip.ts";
import { forward, vip, withNat, withVip } from "../support/nat.ts";
import { fixed, report, small } from "../support/pair.ts";

const to = (destination: string, extra = "") => withNat(small, forward(destination, extra));
const wan = "<network>wanip</network>";

test.for([
  ["a CARP VIP", to("<address>198.51.100.10</address>")],
  ["the network of an interface", to("<network>wan</network>")],
  ["(self)", to("<network>(self)</network>")],
  ["any", to("<any></any>")],
  ["an interface without CARP VIP", to("<network>opt1ip</network>")],
  ["an interface that does not exist", to("<network>opt9ip</network>")],
  ["what is not the interface's address", to(`${wan}<not></not>`)],
  ["a disabled port forward", to(wan, "<disabled></disabled>")],
  ["a port forward that stays", to(wan, "<nosync></nosync>")],
  ["a port forward that forwards nothing", to(wan, "<nordr></nordr>")],
  ["IPv6, for which there is no CARP VIP", to(wan, "<ipprotocol>inet6</ipprotocol>")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(natForwardVip, files)).toBe("");
});

test.for([
  ["its own interface", to(wan), to("<address>198.51.100.10</address>")],
  ["another interface", to("<network>lanip</network>"), to("<address>192.168.7.1</address>")],
  [
    "an interface, beside an address that counts for nothing",
    to(`${wan}<address>203.0.113.9</address>`),
    to("<address>198.51.100.10</address>"),
  ],
  [
    "an interface, both families",
    to(wan, "<ipprotocol>inet46</ipprotocol>"),
    to("<address>198.51.100.10</address>", "<ipprotocol>inet46</ipprotocol>"),
  ],
] as const)("puts the CARP VIP in the place of the address of %s", async ([, files, after]) => {
  expect(await report(natForwardVip, files)).toContain("which is each node's own address");
  expect((await fixed(natForwardVip, files)).primary).toBe(after.primary);
});

test("offers no fix where the interface has two", async () => {
  const found = await report(natForwardVip, withVip(to(wan), vip("carp", "wan", "198.51.100.14")));
  expect(found).toContain("help: choose one of the interface's CARP VIPs");
  expect(found).not.toContain("fix:");
});
