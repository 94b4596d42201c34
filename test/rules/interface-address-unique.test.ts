import { expect, test } from "vitest";
import { interfaceAddressUnique as rule } from "../../src/rules/interface-address-unique.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { change, report, small } from "../support/pair.ts";

const same = change(small, "secondary", "198.51.100.12", "198.51.100.11");
const v6 = (key: string, address: string) => ({ key, more: `<ipaddrv6>${address}</ipaddrv6><subnetv6>64</subnetv6>` });

test.for([
  [
    "on another key",
    withInterfaces([{ key: "opt2", more: "172.16.5.1/24" }], [{ key: "opt3", more: "172.16.5.1/24" }]),
    "opt3: expected an address of its own, found 172.16.5.1, the primary's on opt2",
  ],
  [
    "of IPv6, however it is written",
    withInterfaces([v6("opt2", "2001:db8::1")], [v6("opt2", "2001:DB8:0::1")]),
    "found 2001:db8::1, the primary's on opt2",
  ],
] as const)("reports an address %s", async ([, files, expected]) => {
  expect(await report(rule, files)).toContain(expected);
});

test.for([
  ["link-local addresses", withInterfaces([v6("opt2", "fe80::1:1")], [v6("opt2", "fe80::1:1")])],
  [
    "interfaces that are off",
    withInterfaces([{ key: "opt2", more: "172.16.5.1/24" }], [{ key: "opt2", more: "172.16.5.1/24", off: true }]),
  ],
  [
    "a copy of the primary",
    change({ ...small, secondary: small.primary }, "secondary", "10.99.0.1</ipaddr>", "</ipaddr>"),
  ],
] as const)("is silent about %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("speaks where the host name tells the nodes apart, or another address does", async () => {
  expect(await report(rule, same)).toContain("found 198.51.100.11");
  expect(await report(rule, change(same, "secondary", "<hostname>brook-b<", "<hostname>brook-a<"))).toContain(
    "found 198.51.100.11",
  );
});
