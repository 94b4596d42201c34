import { expect, test } from "vitest";
import { pfsyncPeerMatch as rule } from "../../src/rules/pfsync-peer-match.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const empty = change(small, "secondary", "<pfsyncpeerip>10.99.0.1<", "<pfsyncpeerip><");

test("writes the other's sync address on the node that names none", async () => {
  expect(await fixed(rule, empty)).toEqual(small);
});

test("offers no fix where that address is not known", async () => {
  expect(await report(rule, change(empty, "primary", "10.99.0.1</ipaddr>", "dhcp</ipaddr>"))).toContain("help: enter");
  expect(await report(rule, change(empty, "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<"))).toContain(
    "help: enter",
  );
});
