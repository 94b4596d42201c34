import { expect, test } from "vitest";
import { pfsyncPeerMatch as rule } from "../../src/rules/pfsync-peer-match.ts";
import { change, fixed, report, small } from "../support/pair.ts";

/** Rules that let pfsync go to the multicast group as well. */
const open = change(
  small,
  "both",
  /(<protocol>pfsync<\/protocol>[\s\S]*?<destination>\s*)<network>opt1<\/network>/,
  "$1<any></any>",
);
const empty = change(open, "secondary", "<pfsyncpeerip>10.99.0.1<", "<pfsyncpeerip><");

test("writes the other's sync address on the node that names none", async () => {
  expect(await fixed(rule, empty)).toEqual(open);
});

test("leaves a node whose packets are kept out for that to filter-pfsync-pass", async () => {
  expect(await report(rule, change(small, "secondary", "<pfsyncpeerip>10.99.0.1<", "<pfsyncpeerip><"))).toBe("");
});

test("offers no fix where that address is not known", async () => {
  expect(await report(rule, change(empty, "primary", "10.99.0.1</ipaddr>", "dhcp</ipaddr>"))).toContain("help: enter");
  expect(await report(rule, change(empty, "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<"))).toContain(
    "help: enter",
  );
});
