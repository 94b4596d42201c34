import { expect, test } from "vitest";
import { xmlrpcAccountDedicated as rule } from "../../src/rules/xmlrpc-account-dedicated.ts";
import { change, report, small } from "../support/pair.ts";

test("counts the privileges of groups, and of the group that everybody is in", async () => {
  const all = change(
    small,
    "secondary",
    "<gid>1998</gid>",
    "<gid>1998</gid><priv>user-services-captiveportal-login</priv>",
  );
  expect(await report(rule, all)).toContain("found user-services-captiveportal-login");
  const admins = change(small, "secondary", "<gid>1999</gid>", "<gid>1999</gid><member>2000</member>");
  expect(await report(rule, admins)).toContain("found page-all");
});

test("names each privilege once", async () => {
  const twice = "<priv>page-all</priv><priv>page-all</priv><priv>user-shell-access</priv>";
  const files = change(small, "secondary", "<uid>2000</uid>", `<uid>2000</uid>${twice}`);
  expect(await report(rule, files)).toContain("found page-all and user-shell-access [");
});

test("accepts an account without any privilege, and one that is missing: both are other matters", async () => {
  expect(await report(rule, change(small, "secondary", "<priv>system-xmlrpc-ha-sync</priv>", ""))).toBe("");
  expect(await report(rule, change(small, "secondary", "<name>hasync</name>", "<name>other</name>"))).toBe("");
});
