import { expect, test } from "vitest";
import { pfsyncPeerMulticast as rule } from "../../src/rules/pfsync-peer-multicast.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const empty = change(
  change(small, "secondary", "<pfsyncpeerip>10.99.0.1<", "<pfsyncpeerip><"),
  "primary",
  "<pfsyncpeerip>10.99.0.2<",
  "<pfsyncpeerip><",
);

test("writes each other's sync address", async () => {
  expect(await fixed(rule, empty)).toEqual(small);
});

test("offers no fix where one of them is not known", async () => {
  expect(await report(rule, change(empty, "primary", "10.99.0.1</ipaddr>", "dhcp</ipaddr>"))).toContain("help: enter");
});
