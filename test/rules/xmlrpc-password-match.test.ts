import { expect, test } from "vitest";
import { xmlrpcPasswordMatch as rule } from "../../src/rules/xmlrpc-password-match.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";

const password = (text: string, files: Files = small): Files =>
  change(files, "primary", "<![CDATA[example-sync-pass]]>", text);

test.for([
  ["the same password without CDATA", password("example-sync-pass")],
  ["no password, which is another matter", password("")],
  ["a masked one", password("[REDACTED]")],
  [
    "an account that is missing, which is another matter",
    change(small, "secondary", "<name>hasync</name>", "<name>other</name>"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("reports another password, and shows neither", async () => {
  const found = await report(rule, password("example-other-pass"));
  expect(found).toContain("expected that of hasync on the secondary, found a different one");
  expect(found).not.toMatch(/example-|\$2/);
});

test("does not apply where passwords are not verified", async () => {
  const { diagnostics, notApplicable } = await lintFiles(password("other"), [rule], { verifyPasswords: false });
  expect(diagnostics).toEqual([]);
  expect(notApplicable).toEqual([{ rule: rule.id, reason: "passwords are not compared with hashes" }]);
});
