import { expect, test } from "vitest";
import { interfaceGatewayMatch as rule } from "../../src/rules/interface-gateway-match.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { addVip } from "../support/vips.ts";

const without = (where: "primary" | "secondary", files = small) =>
  change(files, where, /<gateway>WANGW<\/gateway>(?=\s*<\/wan>)/, "");
const six = change(
  addVip(small, "both", { interface: "wan", subnet: "2001:db8::10", bits: "64" }),
  "both",
  /(?=<gateway>WANGW<\/gateway>\s*<\/wan>)/,
  "<ipaddrv6>2001:db8::2</ipaddrv6><subnetv6>64</subnetv6>",
);

test("reports one side, and writes what the primary has", async () => {
  const [none, extra] = [without("secondary"), without("primary")];
  expect(await report(rule, none)).toContain(
    "wan: expected the IPv4 upstream gateway WANGW as on the primary, found none",
  );
  expect(await report(rule, extra)).toContain("wan: expected no IPv4 upstream gateway as on the primary, found WANGW");
  for (const files of [none, extra]) expect(await report(rule, await fixed(rule, files))).toBe("");
  expect((await fixed(rule, none)).secondary).toMatch(/<gateway>WANGW<\/gateway>\s*<\/wan>/);
});

test("reads the word none as no gateway", async () => {
  const said = change(small, "secondary", /<gateway>WANGW<\/gateway>(?=\s*<\/wan>)/, "<gateway>none</gateway>");
  expect(await report(rule, said)).toContain("found none");
  expect(await report(rule, without("primary", said))).toBe("");
});

test("looks at each family by itself", async () => {
  const gateway = change(
    six,
    "primary",
    "<subnetv6>64</subnetv6>",
    "<subnetv6>64</subnetv6><gatewayv6>GW6</gatewayv6>",
  );
  expect(await report(rule, six)).toBe("");
  expect(await report(rule, gateway)).toContain("expected the IPv6 upstream gateway GW6 as on the primary, found none");
});

test("offers no fix where the secondary has no gateway of the name", async () => {
  const unknown = change(without("secondary"), "secondary", "<name>WANGW</name>", "<name>OTHER</name>");
  expect(await report(rule, unknown)).not.toContain("fix:");
});

test.for([
  [
    "a gateway of another name",
    change(small, "secondary", /<gateway>WANGW<(?=\/gateway>\s*<\/wan>)/, "<gateway>WAN2<"),
  ],
  [
    "an interface without a CARP VIP",
    change(small, "both", /<vip>\s*<mode>carp<\/mode>\s*<interface>wan<\/interface>[\s\S]*?<\/vip>/, ""),
  ],
  ["an interface that is told its address", change(small, "secondary", ">198.51.100.12<", ">dhcp<")],
] as const)("accepts %s", async ([, files]) => {
  const one = files.secondary.includes("WAN2") ? files : without("secondary", files);
  expect(await report(rule, one)).toBe("");
});
