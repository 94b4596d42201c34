import { expect, test } from "vitest";
import { carpUnicastPeer as rule } from "../../src/rules/carp-unicast-peer.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";

const vhid = "<vhid>1</vhid>";
const modes = (primary: string, secondary: string, files: Files = small): Files =>
  change(change(files, "primary", vhid, `${vhid}${primary}`), "secondary", vhid, `${vhid}${secondary}`);
const ucast = (peer: string): string => `<carp_mode>ucast</carp_mode><carp_peer>${peer}</carp_peer>`;
const mcast = "<carp_mode>mcast</carp_mode>";
const six = (peer: string): Files =>
  change(modes(ucast(peer), ucast("fe80::1")), "both", ">198.51.100.10</subnet>", ">2001:db8::10</subnet>");

test.for([
  ["multicast, said on one node only", modes(mcast, "")],
  ["multicast on both, and a peer left over", modes(`${mcast}<carp_peer>198.51.100.99</carp_peer>`, mcast)],
  [
    "an address that the other node is given",
    change(modes(ucast("198.51.100.99"), ucast("198.51.100.11")), "secondary", ">198.51.100.12<", ">dhcp<"),
  ],
  ["a peer that cannot be read", modes(ucast("brook-b"), ucast("198.51.100.11"))],
  [
    "a link-local peer, which no file tells",
    change(six("fe80::2"), "both", "<ipaddr>198.51.100.1", "<ipaddrv6>2001:db8::1</ipaddrv6><ipaddr>198.51.100.1"),
  ],
  [
    "another spelling of the address",
    change(
      six("2001:DB8:0::2"),
      "secondary",
      "<ipaddr>198.51.100.12",
      "<ipaddrv6>2001:db8::2</ipaddrv6><ipaddr>198.51.100.12",
    ),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "unicast on the primary only",
    modes(ucast("198.51.100.12"), ""),
    "expected unicast as on the primary, found multicast",
  ],
  [
    "unicast on the secondary only",
    modes(mcast, ucast("198.51.100.11")),
    "expected multicast as on the primary, found unicast",
  ],
  [
    "a VIP as peer",
    modes(ucast("198.51.100.10"), ucast("198.51.100.11")),
    "expected the peer 198.51.100.12, the other node's address there, found 198.51.100.10",
  ],
  ["an empty peer", modes(ucast(""), ucast("198.51.100.11")), "found none"],
] as const)("reports %s", async ([, files, found]) => {
  expect(await report(rule, files)).toContain(found);
});

test("says of mixed modes nothing about peers", async () => {
  expect((await lintFiles(modes(ucast("198.51.100.99"), ""), [rule])).diagnostics).toHaveLength(1);
});
