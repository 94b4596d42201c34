import { expect, test } from "vitest";
import { xmlrpcNextuidSet as rule } from "../../src/rules/xmlrpc-nextuid-set.ts";
import { change, lintFiles, report, small } from "../support/pair.ts";

const nextuid = "\t\t<nextuid>2001</nextuid>\n";
const missing = change(small, "primary", nextuid, "");

test("asks for the elements, which may be empty", async () => {
  expect(await report(rule, change(small, "primary", "<nextuid>2001</nextuid>", "<nextuid></nextuid>"))).toBe("");
  expect(await report(rule, missing)).toContain("found no nextuid, so nothing at all can be sent");
});

test("does not apply where users are not sent, or nothing is", async () => {
  const reason = async (find: string): Promise<string | undefined> =>
    (await lintFiles(change(missing, "primary", find, ""), [rule])).notApplicable[0]?.reason;
  expect(await reason("\t\t<synchronizeusers>on</synchronizeusers>\n")).toBe("users are not selected for XMLRPC sync");
  expect(await reason("\t\t<synchronizetoip>10.99.0.2</synchronizetoip>\n")).toBe("the primary has no XMLRPC target");
});
