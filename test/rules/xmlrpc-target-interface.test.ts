import { expect, test } from "vitest";
import { xmlrpcTargetInterface as rule } from "../../src/rules/xmlrpc-target-interface.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";

const lan = change(small, "primary", "<synchronizetoip>10.99.0.2", "<synchronizetoip>192.168.7.12");
const pfsync = "\t\t<pfsyncenabled>on</pfsyncenabled>\n";
const reasons = async (files: Files): Promise<readonly string[]> =>
  (await lintFiles(files, [rule])).notApplicable.map(({ reason }) => reason);

test.for([
  [
    "what is no address",
    change(lan, "primary", "<synchronizetoip>192.168.7.12", "<synchronizetoip>https://192.168.7.12"),
  ],
  [
    "what is no address of the secondary",
    change(lan, "primary", "<synchronizetoip>192.168.7.12", "<synchronizetoip>192.168.7.11"),
  ],
] as const)("leaves %s to another rule", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
  expect(await reasons(files)).toEqual([]);
});

test("does not ask where there is no target, no pfsync, or no sync address", async () => {
  expect(await reasons(change(small, "primary", ">10.99.0.2</sync", "></sync"))).toEqual([
    "the primary has no XMLRPC target",
  ]);
  expect(await reasons(change(lan, "both", pfsync, ""))).toEqual([expect.stringContaining("pfsync is off")]);
  expect(await reasons(change(lan, "secondary", ">10.99.0.2</ipaddr>", ">dhcp</ipaddr>"))).toEqual([
    expect.stringContaining("no sync interface"),
  ]);
  expect(await reasons(change(lan, "secondary", pfsync, ""))).toEqual([]);
});

test("reports an IP alias of the secondary", async () => {
  const alias =
    "<vip><mode>ipalias</mode><interface>opt1</interface><subnet>10.99.0.3</subnet><subnet_bits>30</subnet_bits></vip>";
  const files = change(
    change(small, "secondary", "</virtualip>", `${alias}</virtualip>`),
    "primary",
    ">10.99.0.2</sync",
    ">10.99.0.3</sync",
  );
  expect(await report(rule, files)).toContain("found 10.99.0.3, its address on an IP alias");
});
