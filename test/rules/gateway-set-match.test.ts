import { expect, test } from "vitest";
import { gatewaySetMatch as rule } from "../../src/rules/gateway-set-match.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const unsynced = change(small, "primary", /<synchronizestaticroutes>on.*>/, "");
const moved = change(unsynced, "secondary", "192.168.7.250", "192.168.7.251");

test.for([
  ["the same gateways", unsynced],
  ["another spelling of a name, the same way", change(unsynced, "secondary", "<name>CORE</name>", "<name>Core</name>")],
  [
    "a gateway that the primary has off",
    change(moved, "primary", "<name>CORE</name>", "<name>CORE</name><disabled></disabled>"),
  ],
  ["a gateway that the secondary is told", change(unsynced, "secondary", "192.168.7.250", "dynamic")],
  ["a gateway that the primary is told", change(moved, "primary", "192.168.7.250", "dynamic")],
  [
    "an interface without a CARP VIP",
    change(moved, "both", /<interface>lan<\/interface>(\s*<vhid>)/, "<interface>opt1</interface>$1"),
  ],
  ["another network on the secondary", change(moved, "secondary", "<ipaddr>192.168.7.12<", "<ipaddr>192.168.9.12<")],
  [
    "a gateway of the secondary alone",
    change(unsynced, "primary", "<name>CORE</name>", "<name>CORE</name><disabled></disabled>"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

const without = (files: Files): Files =>
  change(files, "secondary", "<interface>lan</interface>\n\t\t\t<gateway>", "<interface>opt1</interface><gateway>");

test.for([
  ["another address", moved, "expected 192.168.7.250 as on the primary, found 192.168.7.251"],
  [
    "another name that leads elsewhere",
    change(moved, "secondary", "<name>CORE</name>", "<name>OTHER</name>"),
    "found no such gateway",
  ],
  [
    "the way under another name, switched off",
    change(unsynced, "secondary", "<name>CORE</name>", "<name>OTHER</name><disabled></disabled>"),
    "found no such gateway",
  ],
  [
    "the way under another name, on another interface",
    change(without(unsynced), "secondary", "<name>CORE</name>", "<name>OTHER</name>"),
    "found no such gateway",
  ],
] as const)("reports %s", async ([, files, found]) => {
  expect(await report(rule, files)).toContain(`gateway CORE: expected 192.168.7.250`);
  expect(await report(rule, files)).toContain(found);
});
