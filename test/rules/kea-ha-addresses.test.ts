import { expect, test } from "vitest";
import { keaHaAddresses as rule } from "../../src/rules/kea-ha-addresses.ts";
import { change, fixed, report } from "../support/pair.ts";
import { onKea, withKeaHa, withoutDhcpSync } from "../support/services.ts";

const ULA = "<if>igb2</if><ipaddrv6>fd00:99::NODE</ipaddrv6><subnetv6>64</subnetv6>";
const six = ["primary", "secondary"] as const;
const onSix = six.reduce(
  (files, role, i) => change(files, role, "<if>igb2</if>", ULA.replace("NODE", String(i + 1))),
  onKea,
);

test.for([
  [
    "addresses of another interface",
    withKeaHa(
      { localip: "192.168.7.11", remoteip: "192.168.7.12" },
      { localip: "192.168.7.12", remoteip: "192.168.7.11" },
    ),
  ],
  [
    "IPv6 addresses, however they are written",
    withKeaHa(
      { localip: "fd00:99::1", remoteip: "FD00:99:0::2" },
      { localip: "fd00:99::2", remoteip: "fd00:99::1" },
      "kea",
      onSix,
    ),
  ],
  ["the default port, said and unsaid", withKeaHa({ localport: "8765" }, {})],
  ["the default port of DHCPv6", withKeaHa({ localport: "8766" }, {}, "kea6")],
  [
    "an address that may be one that the node is told",
    withKeaHa(
      { localip: "203.0.113.7" },
      { remoteip: "203.0.113.7" },
      "kea",
      change(onKea, "primary", /<ipaddr>198.51.100.11<\/ipaddr>/, "<ipaddr>dhcp</ipaddr>"),
    ),
  ],
  [
    "texts that xml-field-readable reports",
    withKeaHa(
      { localip: "kea-a", remoteip: "kea-b", localport: "many" },
      { localip: "kea-b", remoteip: "kea-a", remoteport: "0" },
    ),
  ],
  [
    "a local port that is no number, whatever the other dials",
    withKeaHa({ localport: "many" }, { remoteport: "9000" }),
  ],
  ["a remote port that is no number, whatever it should be", withKeaHa({ localport: "9000" }, { remoteport: "0" })],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "a VIP",
    withKeaHa({ localip: "192.168.7.1" }, { remoteip: "192.168.7.1" }),
    "expected an interface address of the primary as its local address, found 192.168.7.1, the address of VHID 2 on lan",
  ],
  [
    "a VIP, though an interface is told its address",
    withKeaHa(
      { localip: "192.168.7.1" },
      { remoteip: "192.168.7.1" },
      "kea",
      change(onKea, "primary", /<ipaddr>198.51.100.11<\/ipaddr>/, "<ipaddr>dhcp</ipaddr>"),
    ),
    "the address of VHID 2 on lan",
  ],
  [
    "an address that it does not have",
    withKeaHa({ localip: "10.99.0.3" }, { remoteip: "10.99.0.3" }),
    "found 10.99.0.3, which it does not have",
  ],
  [
    "the other node's address",
    withKeaHa({}, { localip: "10.99.0.1" }),
    "expected an interface address of the secondary as its local address, found 10.99.0.1",
  ],
  [
    "no local address",
    withKeaHa({ localip: "" }),
    "expected an interface address of the primary as its local address, found none",
  ],
  [
    "no remote address",
    withKeaHa({ remoteip: "" }),
    "expected the remote address 10.99.0.2, the local address of the secondary, found none",
  ],
  [
    "an old remote address",
    withKeaHa({ remoteip: "10.99.0.3" }),
    "expected the remote address 10.99.0.2, the local address of the secondary, found 10.99.0.3",
  ],
  [
    "neither of the two",
    withKeaHa({ remoteip: "" }, { localip: "" }),
    "expected the remote address of the secondary, found none",
  ],
  [
    "a port that the other does not dial",
    withKeaHa({ localport: "9000" }),
    "expected the remote port 9000, where the primary listens, found 8765",
  ],
  [
    "a port on which the other does not listen",
    withKeaHa({ remoteport: "9000" }),
    "expected the remote port 8765, where the secondary listens, found 9000",
  ],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test("shows the VIP that stands in for the node's own address", async () => {
  const files = withKeaHa({ localip: "192.168.7.1" }, { remoteip: "192.168.7.1" });
  expect(await report(rule, files)).toMatch(/^ {2}primary.xml:\d+:\d+: VHID 2 on lan$/m);
});

test("turns the primary's fields round on the secondary", async () => {
  for (const wrong of [{ localip: "10.99.0.3" }, { remoteip: "10.99.0.3" }, { localip: "", remoteip: "" }]) {
    const files = withKeaHa({}, wrong);
    const after = await fixed(rule, files);
    expect(after.primary).toBe(files.primary);
    expect(await report(rule, after)).toBe("");
  }
  const unset = await fixed(rule, withKeaHa({}, { remoteport: "9001" }));
  expect(unset).toEqual(withKeaHa({}, { remoteport: "" }));
  const port = await fixed(rule, withKeaHa({ localport: "9000" }, { remoteport: "9001" }));
  expect(port.secondary).toContain("<remoteport>9000</remoteport>");
});

test.for([
  ["the primary is at fault", withKeaHa({ localip: "10.99.0.3" }, { remoteip: "10.99.0.3" })],
  [
    "sync would copy the primary's address, which has nothing to turn it into",
    withKeaHa({ localip: "" }, { remoteip: "" }),
  ],
  ["sync would copy the primary's port", withKeaHa({ remoteport: "9000" }, { localport: "9000", remoteport: "9001" })],
  ["DHCP is not synced", withoutDhcpSync(withKeaHa({}, { remoteip: "10.99.0.3" }))],
  [
    "what sync would write is no address of the secondary either",
    withKeaHa({ remoteip: "10.99.0.7" }, { localip: "10.99.0.3" }),
  ],
] as const)("offers no fix when %s", async ([, files]) => {
  const found = await report(rule, files);
  expect(found).toContain(rule.id);
  expect(found).not.toContain("fix:");
});
