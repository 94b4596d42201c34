import { expect, test } from "vitest";
import { xmlrpcAccountSynced as rule } from "../../src/rules/xmlrpc-account-synced.ts";
import { change, type Files, lintFiles, readFiles, report, small } from "../support/pair.ts";

const missing = readFiles("rules/xmlrpc-account-synced/bad-only-on-the-secondary");
const other = readFiles("rules/xmlrpc-account-synced/bad-other-password-on-the-primary");
const number = (files: Files, uid: string): Files => change(files, "both", "<uid>2000</uid>", `<uid>${uid}</uid>`);

test.for([
  [
    "an account below 2000 that only the secondary has: it stays",
    change(missing, "secondary", "<uid>2000</uid>", "<uid>1999</uid>"),
  ],
  [
    "an account above 65000 that only the secondary has: it stays",
    change(missing, "secondary", "<uid>2000</uid>", "<uid>65001</uid>"),
  ],
  ["another password of an account below 2000: it stays", number(other, "1999")],
  [
    "an account that is missing on the secondary, which is another matter",
    change(small, "secondary", "<name>hasync</name>", "<name>other</name>"),
  ],
  [
    "one wrong password on both nodes, which is another matter",
    change(small, "primary", "example-sync-pass", "example-other-pass"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("reports an account below 2000 if administrators travel too", async () => {
  const files = number(change(other, "primary", "\t</hasync>", "\t\t<adminsync>on</adminsync>\n\t</hasync>"), "1999");
  expect(await report(rule, files)).toContain("password of hasync on the primary");
});

test("still sees a missing account where passwords are not verified", async () => {
  const off = { verifyPasswords: false };
  expect((await lintFiles(missing, [rule], off)).diagnostics).toHaveLength(1);
  expect((await lintFiles(other, [rule], off)).diagnostics).toEqual([]);
  expect((await lintFiles(other, [rule], off)).notApplicable).toEqual([]);
});
