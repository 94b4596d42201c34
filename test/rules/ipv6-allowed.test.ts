import { expect, test } from "vitest";
import { interfaceLinklocalBlocked } from "../../src/rules/interface-linklocal-blocked.ts";
import { ipv6Allowed } from "../../src/rules/ipv6-allowed.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";

const vip =
  "<vip><mode>carp</mode><interface>lan</interface><vhid>6</vhid><advskew>0</advskew><subnet>2001:db8:7::1</subnet><subnet_bits>64</subnet_bits></vip></virtualip>";
const off = (files: Files, where: keyof Files | "both"): Files => change(files, where, "<ipv6allow></ipv6allow>", "");

test("IPv6: reports a secondary that the next sync brings an IPv6 CARP VIP", async () => {
  const files = off(change(small, "primary", "</virtualip>", vip), "secondary");
  expect(await report(ipv6Allowed, files)).toContain(
    "IPv6 on the secondary: expected allowed, because VHID 6 on lan is an IPv6 CARP VIP",
  );
});

test("IPv6: not one that gets no VIPs from the primary", async () => {
  const files = off(change(small, "primary", "</virtualip>", vip), "secondary");
  expect(
    await report(ipv6Allowed, change(files, "primary", "<synchronizevirtualip>on</synchronizevirtualip>", "")),
  ).toBe("");
});

test("IPv6: an IP alias of its own is no CARP VIP", async () => {
  const alias = vip.replace("<mode>carp", "<mode>ipalias");
  expect(await report(ipv6Allowed, off(change(small, "both", "</virtualip>", alias), "both"))).toBe("");
});

test("IPv6: allows it on the node that has it off", async () => {
  const before = off(change(small, "both", "</virtualip>", vip), "primary");
  const after = await fixed(ipv6Allowed, before);
  expect(after.secondary).toBe(before.secondary);
  expect(await report(ipv6Allowed, after)).toBe("");
});

const linkLocal = (find: RegExp): Files => change(small, "both", find, "<ipaddr>169.254.9.$1</ipaddr>");

test.for([
  ["the sync interface", linkLocal(/<ipaddr>10\.99\.0\.(\d)<\/ipaddr>/), 2],
  ["an interface with a CARP VIP", linkLocal(/<ipaddr>192\.168\.7\.(\d+)<\/ipaddr>/), 2],
  [
    "a sync interface while pfsync is off",
    change(linkLocal(/<ipaddr>10\.99\.0\.(\d)<\/ipaddr>/), "both", "<pfsyncenabled>on</pfsyncenabled>", ""),
    0,
  ],
  [
    "an interface without CARP VIP",
    change(linkLocal(/<ipaddr>192\.168\.7\.(\d+)<\/ipaddr>/), "both", /<vip>[\s\S]*<\/vip>/, ""),
    0,
  ],
  [
    "an interface that is off",
    change(linkLocal(/<ipaddr>10\.99\.0\.(\d)<\/ipaddr>/), "both", /<enable><\/enable>(\s*<if>igb2)/, "$1"),
    0,
  ],
  [
    "a range that is let through",
    change(
      linkLocal(/<ipaddr>10\.99\.0\.(\d)<\/ipaddr>/),
      "both",
      "<timezone>",
      "<no_apipa_block></no_apipa_block><timezone>",
    ),
    0,
  ],
] as const)("link-local IPv4 on %s", async ([, files, count]) => {
  const found = await report(interfaceLinklocalBlocked, files);
  expect(found.match(/\[interface-linklocal-blocked\]/g) ?? []).toHaveLength(count);
});
