import { expect, test } from "vitest";
import { dnsDyndnsBoth as rule } from "../../src/rules/dns-dyndns-both.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";

interface Client {
  readonly place?: string;
  readonly on?: boolean;
  readonly host?: string;
  readonly domain?: string;
  readonly type?: string;
}

function client(files: Files, where: keyof Files | "both", entry: Client = {}): Files {
  const { place = "wan", on = true, host = "vpn.example", domain = "", type = "custom" } = entry;
  const fields = `<type>${type}</type><host>${host}</host><domainname>${domain}</domainname><interface>${place}</interface>`;
  const dyndns = `<dyndnses><dyndns>${on ? "<enable></enable>" : ""}${fields}</dyndns></dyndnses>`;
  return change(files, where, "<unbound>", `${dyndns}<unbound>`);
}
const both = (primary: Client, secondary: Client): Files =>
  client(client(small, "primary", primary), "secondary", secondary);
const vip = "_vip64b0000000001";
const group = (item: string) =>
  change(
    client(small, "both", { place: "WANS" }),
    "both",
    "<defaultgw4>",
    `<gateway_group><name>WANS</name><item>WANGW|1|${item}</item></gateway_group><defaultgw4>`,
  );

test.for([
  ["two hosts", both({ host: "a.example" }, { host: "b.example" })],
  ["one host in two domains", both({ host: "vpn", domain: "a.example" }, { host: "vpn", domain: "b.example" })],
  ["an entry for IPv4 and one for IPv6", both({}, { type: "custom-v6" })],
  ["an interface without a CARP VIP, as two nodes with a provider each have", client(small, "both", { place: "opt1" })],
  ["a gateway group with a VIP", group(vip)],
  ["a gateway group with a VIP on one of its gateways", group(`${vip}</item><item>CORE|2|address`)],
  ["entries that are off on the secondary", both({}, { on: false })],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["a gateway group without a VIP", group("address"), "found WANS, so that both nodes write the record"],
  [
    "a host written in two ways",
    both({ host: "vpn", domain: "a.example" }, { host: "VPN.a.example" }),
    "expected a CARP VIP",
  ],
  ["a secondary that does not wait for its turn", both({ place: vip }, {}), "secondary.xml"],
  ["a primary that does not wait for its turn", both({}, { place: vip }), "as interface on the primary, found wan"],
] as const)("reports %s", async ([, files, message]) => {
  const found = await report(rule, files);
  expect(found).toContain(message);
  expect(found.match(/: warning:/g)).toHaveLength(1);
});

test("shows the other node's entry", async () => {
  expect(await report(rule, both({}, {}))).toMatch(/^ {2}primary.xml:\d+:\d+: the primary's entry$/m);
  expect(await report(rule, both({}, { place: vip }))).toMatch(/^ {2}secondary.xml:\d+:\d+: the secondary's entry$/m);
});

test.for([
  ["no entry on the secondary", client(small, "primary")],
  ["no host", client(small, "both", { host: "" })],
] as const)("does not apply with %s", async ([, files]) => {
  expect((await lintFiles(files, [rule])).notApplicable).toHaveLength(1);
});
