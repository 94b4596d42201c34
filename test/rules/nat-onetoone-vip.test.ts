import { expect, test } from "vitest";
import { natOnetooneVip } from "../../src/rules/nat-onetoone-vip.ts";
import { vip, withNat, withVip } from "../support/nat.ts";
import { change, report, small } from "../support/pair.ts";

const entry = (external: string, extra = "", on = "wan"): string =>
  `<onetoone><interface>${on}</interface><external>${external}</external>${extra}</onetoone>`;
const with25 = withNat(small, entry("198.51.100.25"));
const noNat = (files: typeof small) => change(files, "primary", "<synchronizenat>on", "<synchronizenat>");

test.for([
  ["a CARP VIP", withNat(small, entry("198.51.100.10"))],
  ["a stacked IP alias", withVip(with25, vip("ipalias", "_vip64b0000000001", "198.51.100.25"))],
  ["a VIP of mode other", withVip(with25, vip("other", "wan", "198.51.100.16", 28))],
  ["an address beyond the interface's network", withNat(small, entry("203.0.113.25"))],
  ["an interface without CARP VIP", withNat(small, entry("10.99.0.3", "", "opt1"))],
  ["a disabled entry", withNat(small, entry("198.51.100.25", "<disabled></disabled>"))],
  ["an entry that translates nothing", withNat(small, entry("198.51.100.25", "<nobinat></nobinat>"))],
  ["the primary's address, which another rule reports", withNat(small, entry("198.51.100.11"))],
  [
    "a plain IP alias that the secondary lacks, which another rule reports",
    withVip(with25, vip("ipalias", "wan", "198.51.100.25"), "primary"),
  ],
  ["IPv6, for which there is no CARP VIP", withNat(small, entry("wanip", "<ipprotocol>inet6</ipprotocol>"))],
  ["what is no address", withNat(small, entry("outside"))],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(natOnetooneVip, files)).toBe("");
});

test.for([
  ["an address that nobody holds", with25, "which no VIP answers for"],
  ["an address with its prefix length", withNat(small, entry("198.51.100.25/32")), "which no VIP answers for"],
  [
    "a plain IP alias on both nodes",
    withVip(with25, vip("ipalias", "wan", "198.51.100.25")),
    "which is a plain IP alias",
  ],
  ["proxy ARP on both nodes", withVip(with25, vip("proxyarp", "wan", "198.51.100.25")), "which is a proxy ARP VIP"],
  [
    "a plain IP alias where NAT does not travel",
    noNat(withVip(with25, vip("ipalias", "wan", "198.51.100.25"), "primary")),
    "which is a plain IP alias",
  ],
  [
    "the primary's address where NAT does not travel",
    noNat(withNat(small, entry("198.51.100.11"))),
    "which is the primary's own",
  ],
  ["the interface's address by name", withNat(small, entry("wanip")), "which is each node's own address"],
] as const)("reports %s", async ([, files, fault]) => {
  expect(await report(natOnetooneVip, files)).toContain(fault);
});
