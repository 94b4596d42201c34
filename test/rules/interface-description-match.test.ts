import { expect, test } from "vitest";
import { interfaceDescriptionMatch as rule } from "../../src/rules/interface-description-match.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const renamed = change(small, "secondary", "<![CDATA[SYNC]]>", "<![CDATA[PFSYNC]]>");
const red = (more: string) => ({ key: "opt2", descr: "RED", more });
const blue = (more: string) => ({ key: "opt2", descr: "BLUE", more });

test("writes the primary's name", async () => {
  expect(await fixed(rule, renamed)).toEqual(small);
});

test.for([
  ["an alias", "secondary", "<name>web</name>", "<name>Sync</name>"],
  ["an interface", "secondary", "<![CDATA[WAN]]>", "<![CDATA[sync]]>"],
  [
    "a group",
    "secondary",
    "<hasync>",
    "<ifgroups><ifgroupentry><ifname>SYNC</ifname></ifgroupentry></ifgroups><hasync>",
  ],
] as const)("offers no fix where %s has the name", async ([, where, find, replacement]) => {
  const printed = await report(rule, change(renamed, where, find, replacement));
  expect(printed).toContain("opt1: expected the description SYNC");
  expect(printed).toContain("help: give the interface one description");
});

test.for([
  ["neither is static", withInterfaces([red("<ipaddr>dhcp</ipaddr>")], [blue("")]), true],
  ["one network", withInterfaces([red("172.16.5.1/24")], [blue("172.16.5.2/24")]), true],
  ["two networks", withInterfaces([red("172.16.5.1/24")], [blue("172.16.6.2/24")]), false],
  ["one node static, the other not", withInterfaces([red("172.16.5.1/24")], [blue("<ipaddr>dhcp</ipaddr>")]), false],
  ["off on one node", withInterfaces([red("")], [{ ...blue(""), off: true }]), false],
] as const)("%s: %s", async ([, files, reported]) => {
  expect((await report(rule, files)).includes("expected the description RED")).toBe(reported);
});

test("knows that an empty description means the key in capitals", async () => {
  expect(await report(rule, withInterfaces([{ key: "opt2", descr: "" }], [{ key: "opt2", descr: "OPT2" }]))).toBe("");
});
