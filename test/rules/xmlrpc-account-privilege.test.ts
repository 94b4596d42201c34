import { expect, test } from "vitest";
import { xmlrpcAccountPrivilege as rule } from "../../src/rules/xmlrpc-account-privilege.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";

const priv = "\t\t\t<priv>system-xmlrpc-ha-sync</priv>\n";
const noUsers = change(small, "primary", "\t\t<synchronizeusers>on</synchronizeusers>\n", "");
const without = (node: keyof Files | "both", files: Files = small): Files => change(files, node, priv, "");
const administrator = "<user>\n\t\t\t<name>admin";
const group = (members: string): string =>
  `<group><name>sync</name><gid>2000</gid>${members}<priv>system-xmlrpc-ha-sync</priv></group>`;

test.for([
  ["the administrator", change(without("both"), "both", "<uid>2000</uid>", "<uid>0</uid>")],
  [
    "a group that everybody is in",
    change(without("both"), "both", "<member>2000</member>\n", "<priv>system-xmlrpc-ha-sync</priv>\n"),
  ],
  ["a primary without the privilege, if users are not sent", without("primary", noUsers)],
  [
    "a primary without the account, which is another matter",
    change(small, "primary", "<name>hasync</name>", "<name>other</name>"),
  ],
  [
    "a secondary without the account, which is another matter",
    change(noUsers, "secondary", "<name>hasync</name>", "<name>other</name>"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("does not take a group of others, or a lost group, for a privilege", async () => {
  const grouped = (node: keyof Files | "both", members: string, files: Files): Files =>
    change(files, node, administrator, `${group(members)}${administrator}`);
  expect(await report(rule, grouped("both", "<member>2001</member>", without("both")))).toContain("found none");
  const lost = grouped("secondary", "<member>2000</member>", without("both"));
  expect(await report(rule, lost)).toContain(
    "primary.xml:35:3: error: privileges of hasync on the secondary, once users are",
  );
  expect(await report(rule, change(lost, "primary", "\t\t<synchronizeusers>on</synchronizeusers>\n", ""))).toBe("");
});

test.for([
  ["both nodes, if users are sent", without("both"), small],
  ["the primary, if only it lacks the privilege", without("primary"), small],
  ["the secondary, if only it lacks the privilege", without("secondary"), small],
  [
    "both nodes, if the next sync takes a group away",
    change(without("both"), "secondary", administrator, `${group("<member>2000</member>")}${administrator}`),
    change(small, "secondary", administrator, `${group("<member>2000</member>")}${administrator}`),
  ],
  ["the secondary, if users are not sent", without("both", noUsers), change(noUsers, "primary", priv, "")],
] as const)("gives the privilege on %s", async ([, files, expected]) => {
  expect(await fixed(rule, files)).toEqual(expected);
});
