import { expect, test } from "vitest";
import { pfsyncPeerAddress as rule } from "../../src/rules/pfsync-peer-address.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const peer = (text: string) => change(small, "primary", "<pfsyncpeerip>10.99.0.2<", `<pfsyncpeerip>${text}<`);

test.for([
  ["10.99.0.1", "found 10.99.0.1, an address of its own"],
  ["198.51.100.10", "found 198.51.100.10, a VIP"],
  ["10.99.0.3", "found 10.99.0.3 ["],
  ["2001:db8::2", "found 2001:db8::2 ["],
  [" 10.99.0.2", "expected 10.99.0.2, found  10.99.0.2 ["],
] as const)("reports %s, and writes the other's address", async ([text, expected]) => {
  expect(await report(rule, peer(text))).toContain(expected);
  expect(await fixed(rule, peer(text))).toEqual(small);
});

test.for([
  [
    "an address of the other node that is not known",
    change(peer("10.99.0.9"), "secondary", "10.99.0.2</ipaddr>", "dhcp</ipaddr>"),
  ],
  [
    "another choice of interface",
    change(peer("10.99.0.9"), "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<"),
  ],
  [
    "an address that both nodes have",
    change(peer("10.99.0.9"), "secondary", "10.99.0.2</ipaddr>", "10.99.0.1</ipaddr>"),
  ],
  ["a node without pfsync", change(peer("10.99.0.9"), "primary", "<pfsyncenabled>on</pfsyncenabled>", "")],
] as const)("is silent about %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("asks for the address under another key, where that is the same network", async () => {
  const files = { ...small, secondary: small.secondary.replaceAll("opt1", "opt2") };
  expect(await report(rule, files)).toBe("");
  expect(
    await report(rule, change(files, "primary", "<pfsyncpeerip>10.99.0.2<", "<pfsyncpeerip>10.99.0.3<")),
  ).toContain("expected 10.99.0.2");
});

test("reports an address of its own even where the secondary's sync address is in another network", async () => {
  const away = change(small, "secondary", "10.99.0.2</ipaddr>", "10.99.0.9</ipaddr>");
  expect(await report(rule, away)).toBe("");
  const own = change(away, "primary", "<pfsyncpeerip>10.99.0.2<", "<pfsyncpeerip>10.99.0.1<");
  expect(await report(rule, own)).toContain("an address of its own");
});
