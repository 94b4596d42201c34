import { expect, test } from "vitest";
import { dnsOutgoingVip as rule } from "../../src/rules/dns-outgoing-vip.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";
import { addVip } from "../support/vips.ts";

const asking = (places: string, files: Files = small) =>
  change(files, "both", "<outgoing_interface>all<", `<outgoing_interface>${places}<`);
const alias = (key: string) =>
  addVip(asking("wan,_vipal"), "both", { mode: "ipalias", interface: key, uniqid: "al", subnet: "198.51.100.20" });

test.for([
  ["nothing chosen", asking("")],
  ["a VIP that is not there, which vip-reference-exists reports", asking("_vip0")],
  ["an IP alias on an interface, which stays with its node", alias("wan")],
  ["an address of the node", asking("198.51.100.11")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["a CARP VIP among others", asking("wan, _vip64b0000000001"), "found VHID 1 on wan"],
  ["a CARP VIP by its address", asking("198.51.100.10"), "found VHID 1 on wan"],
  ["an IP alias stacked on a CARP VIP", alias("_vip64b0000000001"), "found IP alias 198.51.100.20"],
] as const)("reports %s", async ([, files, message]) => {
  expect(await report(rule, files)).toContain(message);
});

test("reports each of several", async () => {
  const found = await report(rule, asking("_vip64b0000000001,_vip64b0000000002"));
  expect(found.match(/: warning:/g)).toHaveLength(2);
});

test("does not apply where the resolver is off", async () => {
  const files = change(asking("_vip64b0000000001"), "primary", /<unbound>\s*<enable><\/enable>/, "<unbound>");
  expect((await lintFiles(files, [rule])).notApplicable).toHaveLength(1);
});
