import { expect, test } from "vitest";
import { natVipSynced } from "../../src/rules/nat-vip-synced.ts";
import { forward, outbound, rule, vip, withNat, withVip } from "../support/nat.ts";
import { report, small } from "../support/pair.ts";

const address = "198.51.100.15";
const used = withNat(small, forward(`<address>${address}</address>`));

test.for([
  ["a stacked IP alias", withVip(used, vip("ipalias", "_vip64b0000000001", address), "primary")],
  ["an IP alias on lo0, which travels", withVip(used, vip("ipalias", "lo0", address), "primary")],
  ["a VIP of mode other, which travels", withVip(used, vip("other", "wan", address), "primary")],
  ["a CARP VIP", withVip(used, vip("carp", "wan", address), "primary")],
  ["an IP alias that the secondary has too", withVip(used, vip("ipalias", "wan", address))],
  [
    "an address that the secondary has by another VIP",
    withVip(
      withVip(used, vip("ipalias", "wan", address), "primary"),
      vip("proxyarp", "wan", "198.51.100.8", 28),
      "secondary",
    ),
  ],
  ["an address without VIP", used],
  [
    "an entry that stays",
    withVip(
      withNat(small, forward(`<address>${address}</address>`, "<nosync></nosync>")),
      vip("ipalias", "wan", address),
      "primary",
    ),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(natVipSynced, files)).toBe("");
});

test.for([
  ["a plain IP alias", vip("ipalias", "wan", address), "a plain IP alias on wan that the secondary lacks"],
  ["a proxy ARP VIP", vip("proxyarp", "wan", address), "a proxy ARP VIP on wan that the secondary lacks"],
  [
    "a network by proxy ARP",
    vip("proxyarp", "wan", "198.51.100.8", 28),
    "a proxy ARP VIP on wan that the secondary lacks",
  ],
] as const)("reports %s", async ([, text, found]) => {
  expect(await report(natVipSynced, withVip(used, text, "primary"))).toContain(found);
  const inOutbound = outbound(small, rule({ to: address }));
  expect(await report(natVipSynced, withVip(inOutbound, text, "primary"))).toContain(found);
});
