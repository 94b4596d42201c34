import { expect, test } from "vitest";
import { userAdminPassword as rule } from "../../src/rules/user-admin-password.ts";
import { change, type Files, lintFiles, readFiles, report } from "../support/pair.ts";

const bad = readFiles("rules/user-admin-password/bad-chosen-again-on-both");
const edit = (find: string | RegExp, replacement: string): Files => change(bad, "both", find, replacement);

test.for([
  ["the account has another number", edit("<uid>0</uid>", "<uid>1</uid>")],
  ["the account is disabled", edit("<uid>0</uid>", "<disabled></disabled><uid>0</uid>")],
  ["the hash is masked", edit(/(<name>admin<\/name>[\s\S]*?<bcrypt-hash>)[^<]+/, "$1********")],
  ["there is no hash", edit(/(<name>admin<\/name>[\s\S]*?)<bcrypt-hash>[^<]+<\/bcrypt-hash>/, "$1")],
] as const)("says nothing where %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("knows the administrator by number, whatever the name", async () => {
  const found = await report(rule, edit("<name>admin</name>", "<name>root</name>"));
  expect(found).toContain("password of root on the primary");
  expect(found).toContain("password of root on the secondary");
});

test("names neither the word nor the hash", async () => {
  const found = await report(rule, bad);
  expect(found).not.toMatch(/pfsense|\$2/);
});

test("does not apply where passwords are not verified", async () => {
  const { diagnostics, notApplicable } = await lintFiles(bad, [rule], { verifyPasswords: false });
  expect(diagnostics).toEqual([]);
  expect(notApplicable).toEqual([{ rule: rule.id, reason: "passwords are not compared with hashes" }]);
});
