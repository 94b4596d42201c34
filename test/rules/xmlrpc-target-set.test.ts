import { expect, test } from "vitest";
import { xmlrpcTargetSet as rule } from "../../src/rules/xmlrpc-target-set.ts";
import { change, report, small } from "../support/pair.ts";

const target = "\t\t<synchronizetoip>10.99.0.2</synchronizetoip>\n";
const neither = change(small, "primary", target, "");

test("points at an empty target, at hasync, or at the root", async () => {
  const empty = change(small, "primary", ">10.99.0.2</sync", "></sync");
  expect(await report(rule, empty)).toContain("primary.xml:259:20: warning");
  expect(await report(rule, neither)).toContain("primary.xml:235:2: warning");
  expect(await report(rule, change(neither, "primary", /\t<hasync>[\s\S]*<\/hasync>\n/, ""))).toContain(
    "primary.xml:2:1: warning",
  );
});

test("leaves a target on the secondary to the rule that forbids it", async () => {
  expect(await report(rule, change(neither, "secondary", "\t</hasync>", `${target}\t</hasync>`))).toBe("");
});

test("names the secondary's sync address only where it is known", async () => {
  expect(await report(rule, neither)).toContain("secondary.xml:73:12: the secondary's sync address");
  expect(await report(rule, change(neither, "secondary", ">10.99.0.2</ipaddr>", ">dhcp</ipaddr>"))).not.toContain(
    "sync address\n",
  );
});
