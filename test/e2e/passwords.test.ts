import { expect, test } from "vitest";
import { run } from "../support/run.ts";

const folder = "fixtures/rules/xmlrpc-password-match/bad-sha512";
const files = [`${folder}/primary.xml`, `${folder}/secondary.xml`];

test("passwords are compared with hashes unless told not to, and never shown", () => {
  const verified = run(files);
  expect(verified).toMatchObject({ code: 1, stderr: "" });
  expect(verified.stdout).toContain("[xmlrpc-password-match]");
  expect(verified.stdout).not.toMatch(/example-(?:sync|other)-pass|\$6\$/);

  const unverified = run([...files, "--no-verify-passwords", "--verbose"]);
  expect(unverified).toMatchObject({ code: 0, stderr: "" });
  expect(unverified.stdout).toContain("not applicable: xmlrpc-password-match: passwords are not compared with hashes");
  expect(unverified.stdout).toContain("not applicable: user-admin-password: passwords are not compared with hashes");
});
