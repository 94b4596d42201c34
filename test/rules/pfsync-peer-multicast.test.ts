import { expect, test } from "vitest";
import { pfsyncPeerMulticast as rule } from "../../src/rules/pfsync-peer-multicast.ts";
import { change, fixed, report, small } from "../support/pair.ts";

/** Rules that let pfsync go to the multicast group as well. */
const open = change(
  small,
  "both",
  /(<protocol>pfsync<\/protocol>[\s\S]*?<destination>\s*)<network>opt1<\/network>/,
  "$1<any></any>",
);
const empty = change(
  change(open, "secondary", "<pfsyncpeerip>10.99.0.1<", "<pfsyncpeerip><"),
  "primary",
  "<pfsyncpeerip>10.99.0.2<",
  "<pfsyncpeerip><",
);

test("writes each other's sync address", async () => {
  expect(await fixed(rule, empty)).toEqual(open);
});

test("leaves nodes whose packets are kept out for that to filter-pfsync-pass", async () => {
  expect(await report(rule, change(small, "both", /<pfsyncpeerip>[^<]*/, "<pfsyncpeerip>"))).toBe("");
});

test("offers no fix where one of them is not known", async () => {
  expect(await report(rule, change(empty, "primary", "10.99.0.1</ipaddr>", "dhcp</ipaddr>"))).toContain("help: enter");
});
