import { expect, test } from "vitest";
import { xmlrpcPrimaryOnly as rule } from "../../src/rules/xmlrpc-primary-only.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";

const end = "\t</hasync>";
const sendingTo = (target: string, files: Files = small): Files =>
  change(files, "secondary", end, `\t\t<synchronizetoip>${target}</synchronizetoip>\n${end}`);

test.for([
  ["10.99.0.1", "the address that the primary connects from"],
  ["192.168.7.11", "an address of the primary, so the nodes overwrite each other"],
  ["198.51.100.10", "an address of the primary, so the nodes overwrite each other"],
  ["https://192.168.7.11/", "an address of the primary, so the nodes overwrite each other"],
  ["https://10.99.0.1", "an address of the primary, so the nodes overwrite each other"],
  ["10.99.0.2", "its own address"],
  ["192.168.7.13", "which is no address of the primary"],
  ["brook-a.brook.example", "which is no address of the primary"],
] as const)("says where %s leads", async ([target, meaning]) => {
  expect(await report(rule, sendingTo(target))).toContain(`found ${target}, ${meaning}`);
});

test("does not speak of a loop where the primary sends nothing, or by another network", async () => {
  const silent = change(small, "primary", "\t\t<synchronizetoip>10.99.0.2</synchronizetoip>\n", "");
  expect(await report(rule, sendingTo("10.99.0.1", silent))).toContain(
    "an address of the primary, so it overwrites the primary",
  );
  const viaLan = change(small, "primary", ">10.99.0.2</sync", ">192.168.7.12</sync");
  expect(await report(rule, sendingTo("10.99.0.1", viaLan))).toContain("so the nodes overwrite each other");
  expect(await report(rule, sendingTo("192.168.7.11", viaLan))).toContain("the address that the primary connects from");
});

test("does not take an address of a disabled interface for the primary's", async () => {
  const off = change(small, "primary", /(<opt1>\s*)<enable><\/enable>/, "$1");
  expect(await report(rule, sendingTo("10.99.0.1", off))).toContain("no address of the primary");
});

test("offers no fix where a third node may be fed", async () => {
  expect(await report(rule, sendingTo("192.168.7.13"))).not.toContain("fix:");
  expect(await report(rule, sendingTo("10.99.0.1"))).toContain("fix:");
});

test("keeps what XMLRPC sync put there, and the pfsync settings", async () => {
  const before = sendingTo("10.99.0.1", change(small, "secondary", end, `\t\t<adminsync>on</adminsync>\n${end}`));
  const after = await fixed(rule, before);
  expect(after.primary).toBe(before.primary);
  expect(after.secondary).toBe(before.secondary.replace("<synchronizetoip>10.99.0.1<", "<synchronizetoip><"));
});

test("shows no password that stands in the target", async () => {
  const found = await report(rule, sendingTo("https://hasync:example-sync-pass@192.168.7.11"));
  expect(found).toContain("found https://…@192.168.7.11");
  expect(found).not.toContain("example-sync-pass");
});
