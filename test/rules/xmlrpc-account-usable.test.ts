import { expect, test } from "vitest";
import { xmlrpcAccountUsable as rule } from "../../src/rules/xmlrpc-account-usable.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";

/** The pair was saved on 2023-07-22. */
const expiring = (date: string): Files =>
  change(small, "secondary", "<uid>2000</uid>", `<expires>${date}</expires><uid>2000</uid>`);

test.for(["07/22/2023", "07/21/2023", "12/31/2030", "", "2020-01-01", "never"])("accepts expiry %j", async (date) => {
  expect(await report(rule, expiring(date))).toBe("");
});

test("counts the day of expiry to its end, wherever the node may stand", async () => {
  const savedAt = (time: number): Files =>
    change(expiring("7/20/2023"), "both", "<time>1690000100</time>", `<time>${time}</time>`);
  const end = Date.UTC(2023, 6, 21, 12) / 1000;
  expect(await report(rule, savedAt(end))).toBe("");
  expect(await report(rule, savedAt(end + 1))).toContain("found one that expired on 7/20/2023");
});

test("goes by the newer of the two files", async () => {
  const files = change(expiring("07/22/2023"), "primary", "<time>1690000100</time>", "<time>1690200000</time>");
  expect(await report(rule, files)).toContain("expired on 07/22/2023");
  expect(await report(rule, change(files, "primary", "<time>1690200000</time>", ""))).toBe("");
  const later = change(expiring("07/22/2023"), "secondary", "<time>1690000100</time>", "<time>1690200000</time>");
  expect(await report(rule, later)).toContain("expired on 07/22/2023");
});

test("takes no username for admin", async () => {
  const nameless = change(small, "primary", "<username><![CDATA[hasync]]></username>", "<username></username>");
  expect(await report(rule, nameless)).toBe("");
  const found = await report(rule, change(nameless, "secondary", "<name>admin</name>", "<name>root</name>"));
  expect(found).toContain(
    "XMLRPC account admin: expected a local account of the secondary that can log in, found no such",
  );
  expect(found).toContain("no username, which means admin");
});

test("of two accounts with one name, the last counts", async () => {
  const twice = (first: string, last: string): Files =>
    change(
      small,
      "secondary",
      "<name>hasync</name>",
      `<name>hasync</name>${first}</user><user><name>hasync</name>${last}`,
    );
  expect(await report(rule, twice("<disabled></disabled>", ""))).toBe("");
  expect(await report(rule, twice("", "<disabled></disabled>"))).toContain("found a disabled one");
});

test("asks the local database only", async () => {
  const mode = (text: string): Files =>
    change(
      change(small, "secondary", "<webgui>", `<webgui><authmode>${text}</authmode>`),
      "secondary",
      "<name>hasync</name>",
      "<name>other</name>",
    );
  expect(await report(rule, mode("Local Database"))).toContain("no such account");
  const { notApplicable } = await lintFiles(mode("ldap-a"), [rule]);
  expect(notApplicable.map(({ reason }) => reason)).toEqual([
    "the secondary checks logins against an authentication server",
  ]);
});
