import { expect, test } from "vitest";
import { pfsyncInterfaceMatch as rule } from "../../src/rules/pfsync-interface-match.ts";
import { change, report, small } from "../support/pair.ts";

const lan = change(small, "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<");

test("is silent where the secondary's choice is no interface", async () => {
  expect(await report(rule, change(small, "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>opt9<"))).toBe("");
});

test("reports keys whose networks are not known", async () => {
  expect(await report(rule, change(lan, "secondary", "192.168.7.12</ipaddr>", "dhcp</ipaddr>"))).toContain("found lan");
});

test("offers no fix where the primary's key is not usable on the secondary", async () => {
  const files = change(lan, "secondary", "<enable></enable>\n\t\t\t<if>igb2</if>", "<if>igb2</if>");
  expect(await report(rule, files)).toContain("help: choose the same interface");
});
