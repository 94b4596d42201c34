import { expect, test } from "vitest";
import { interfaceOrderMatch as rule } from "../../src/rules/interface-order-match.ts";
import { interfaceSetMatch } from "../../src/rules/interface-set-match.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { change, report, small } from "../support/pair.ts";

const a = (key: string, host: number) => ({ key, more: `172.16.5.${host}/24` });
const b = (key: string, host: number) => ({ key, more: `172.16.6.${host}/24` });
const c = (key: string, host: number) => ({ key, more: `172.16.7.${host}/24` });

test.for([
  [
    "three keys that have gone round",
    withInterfaces([a("opt2", 1), b("opt3", 1), c("opt4", 1)], [c("opt2", 2), a("opt3", 2), b("opt4", 2)]),
    "172.16.5.0/24 on opt2, 172.16.6.0/24 on opt3 and 172.16.7.0/24 on opt4 as on the primary, found them on opt3, opt4 and opt2",
  ],
  [
    "two keys, of which one is not static on the secondary",
    withInterfaces([a("opt2", 1), b("opt3", 1)], [{ key: "opt2", more: "<ipaddr>dhcp</ipaddr>" }, a("opt3", 2)]),
    "172.16.5.0/24 on opt2 as on the primary, found it on opt3",
  ],
  [
    "IPv6 networks",
    withInterfaces(
      [{ key: "opt2", more: "<ipaddrv6>2001:db8:5::1</ipaddrv6><subnetv6>64</subnetv6>" }],
      [{ key: "opt3", more: "<ipaddrv6>2001:db8:5::2</ipaddrv6><subnetv6>64</subnetv6>" }],
    ),
    "2001:db8:5::/64 on opt2 as on the primary, found it on opt3",
  ],
  [
    "names, where there are no addresses",
    withInterfaces(
      [
        { key: "opt2", descr: "RED" },
        { key: "opt3", descr: "BLUE" },
      ],
      [
        { key: "opt2", descr: "BLUE" },
        { key: "opt3", descr: "RED" },
      ],
    ),
    "RED on opt2 and BLUE on opt3 as on the primary, found them on opt3 and opt2",
  ],
  [
    "a VPN on the secondary only",
    withInterfaces([{ key: "opt2", device: "igb3" }], [{ key: "opt2", device: "tun_wg0" }]),
    "expected igb3 as on the primary, found the VPN device tun_wg0",
  ],
] as const)("reports %s, once", async ([, files, expected]) => {
  const printed = await report(rule, files);
  expect(printed).toContain(expected);
  expect(printed.match(/\[interface-order-match\]/g)).toHaveLength(1);
  expect(await report(interfaceSetMatch, files)).toBe("");
});

test("reports two exchanges apart", async () => {
  const d = (key: string, host: number) => ({ key, more: `172.16.8.${host}/24` });
  const files = withInterfaces(
    [a("opt2", 1), b("opt3", 1), c("opt4", 1), d("opt5", 1)],
    [b("opt2", 2), a("opt3", 2), d("opt4", 2), c("opt5", 2)],
  );
  expect((await report(rule, files)).match(/\[interface-order-match\]/g)).toHaveLength(2);
});

test.for([
  [
    "names alone, where the networks are right",
    withInterfaces(
      [
        { ...a("opt2", 1), descr: "RED" },
        { ...b("opt3", 1), descr: "BLUE" },
      ],
      [
        { ...a("opt2", 2), descr: "BLUE" },
        { ...b("opt3", 2), descr: "RED" },
      ],
    ),
  ],
  [
    "a network that both nodes have under the key, and one of them twice",
    withInterfaces([a("opt2", 1)], [a("opt2", 2), { key: "opt3", more: "172.16.5.9/24" }]),
  ],
  ["keys that are not enabled", withInterfaces([a("opt2", 1)], [{ ...a("opt3", 2), off: true }])],
  [
    "an address that cannot be read",
    withInterfaces([a("opt2", 1)], [{ key: "opt2", more: "<ipaddr>172.16.5.2.</ipaddr>" }, a("opt3", 2)]),
  ],
  [
    "one name with no address on one node",
    withInterfaces(
      [{ key: "opt2", descr: "RED" }],
      [
        { key: "opt2", descr: "BLUE" },
        { ...a("opt3", 2), descr: "RED" },
      ],
    ),
  ],
  ["VPNs of different kinds", withInterfaces([{ key: "opt2", device: "ovpns1" }], [{ key: "opt2", device: "ovpnc3" }])],
  [
    "a VPN that is off on one node",
    withInterfaces([{ key: "opt2", device: "ovpns1" }], [{ key: "opt2", device: "igb3", off: true }]),
  ],
] as const)("is silent about %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("finds the sync network under another key", async () => {
  const files = { ...small, secondary: small.secondary.replaceAll("opt1", "opt2") };
  expect(await report(rule, files)).toContain("expected 10.99.0.0/30 on opt1 as on the primary, found it on opt2");
  expect(await report(interfaceSetMatch, files)).toBe("");
});

test("a VPN among keys that have changed places is part of the exchange", async () => {
  const vpn = (key: string) => ({ key, device: "ovpns1", descr: "VPN" });
  const files = withInterfaces([vpn("opt2"), a("opt3", 1)], [a("opt2", 2), vpn("opt3")]);
  expect((await report(rule, files)).match(/\[interface-order-match\]/g)).toHaveLength(1);
  expect(await report(rule, change(files, "secondary", "172.16.5.2<", "172.16.9.2<"))).toContain("the VPN device");
});
