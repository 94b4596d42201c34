import { expect, test } from "vitest";
import { xmlrpcSecondaryUnset as rule } from "../../src/rules/xmlrpc-secondary-unset.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const withHasync = (inner: string): Files => change(small, "secondary", "\t</hasync>", `${inner}\t</hasync>`);

test.for([
  ["<username>hasync</username>", "found username ["],
  ["<password>example-sync-pass</password>", "found password ["],
  ["<synchronizewol>off</synchronizewol>", "found synchronizewol ["],
  ["<username>hasync</username><password>example-sync-pass</password>", "found username and password ["],
  [
    "<username>hasync</username><synchronizewol>on</synchronizewol><synchronizenat>on</synchronizenat>",
    "found username and 2 more [",
  ],
] as const)("reports %s", async ([inner, found]) => {
  expect(await report(rule, withHasync(inner))).toContain(found);
});

test.for([
  ["an empty box, which is off", "<synchronizewol></synchronizewol>"],
  ["the flag that XMLRPC sync copies", "<adminsync>on</adminsync>"],
  [
    "a target, which another rule reports",
    "<username>hasync</username><synchronizetoip>192.168.7.13</synchronizetoip>",
  ],
] as const)("accepts %s", async ([, inner]) => {
  expect(await report(rule, withHasync(inner))).toBe("");
});
