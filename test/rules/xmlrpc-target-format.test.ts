import { expect, test } from "vitest";
import { xmlrpcTargetFormat as rule } from "../../src/rules/xmlrpc-target-format.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";

const target = (text: string): Files =>
  change(small, "primary", "<synchronizetoip>10.99.0.2", `<synchronizetoip>${text}`);

test.for(["10.99.0.2", "192.0.2.1", "2001:db8::2", "fe80::1%igb2"])("accepts %s", async (text) => {
  expect(await report(rule, target(text))).toBe("");
});

test.for([
  "http://10.99.0.2",
  "https://10.99.0.2:8443/xmlrpc.php",
  "hasync@10.99.0.2",
  "https://hasync:a/b@10.99.0.2/",
  "10.99.0.2:443",
  "10.99.0.2/30",
  "[10.99.0.2]",
  " 10.99.0.2 ",
])("strips %s to the address", async (text) => {
  expect((await fixed(rule, target(text))).primary).toBe(small.primary);
});

test("strips brackets from an IPv6 address of the secondary", async () => {
  const files = change(
    target("https://[2001:db8::2]:443"),
    "secondary",
    "<ipaddr>10.99.0.2</ipaddr>",
    "<ipaddrv6>2001:db8:0::2</ipaddrv6>",
  );
  expect((await fixed(rule, files)).primary).toContain("<synchronizetoip>2001:db8::2</synchronizetoip>");
});

test.for([
  ["what is left is no address", "https://brook-b.brook.example"],
  ["what is left is no address of the secondary", "https://10.99.0.1"],
  ["what is left is a VIP", "https://192.168.7.1"],
] as const)("offers no fix where %s", async ([, text]) => {
  const found = await report(rule, target(text));
  expect(found).toContain(rule.id);
  expect(found).not.toContain("fix:");
});
