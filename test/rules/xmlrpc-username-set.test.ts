import { expect, test } from "vitest";
import { xmlrpcPasswordSet } from "../../src/rules/xmlrpc-password-set.ts";
import { xmlrpcUsernameSet as rule } from "../../src/rules/xmlrpc-username-set.ts";
import { change, lintFiles, report, small } from "../support/pair.ts";

test("leaves the secondary's own settings to another rule", async () => {
  const files = change(small, "secondary", "\t</hasync>", "<username></username><password></password>\t</hasync>");
  expect(await report(rule, files)).toBe("");
  expect(await report(xmlrpcPasswordSet, files)).toBe("");
});

test("does not ask a primary that sends nothing", async () => {
  const files = change(small, "primary", ">10.99.0.2</sync", "></sync");
  const { notApplicable } = await lintFiles(files, [rule, xmlrpcPasswordSet]);
  expect(notApplicable.map(({ reason }) => reason)).toEqual(Array(2).fill("the primary has no XMLRPC target"));
});
