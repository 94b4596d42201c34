import { expect, test } from "vitest";
import { rolesOf } from "../../src/cluster/roles.ts";
import type { RoleEvidence } from "../../src/diagnostic.ts";
import { change, configOf, type Files, small } from "../support/pair.ts";

const target = "\t\t<synchronizetoip>10.99.0.2</synchronizetoip>\n";
const empty = "\t\t<synchronizetoip></synchronizetoip>\n";
const noTarget = change(small, "primary", target, "");
const bothTargets = change(small, "secondary", "\t</hasync>", `${target}\t</hasync>`);
const withSkews = (files: Files, first: string, second: string): Files =>
  change(
    change(files, "primary", /<advskew>0<\/advskew>/g, `<advskew>${first}</advskew>`),
    "secondary",
    /<advskew>100<\/advskew>/g,
    `<advskew>${second}</advskew>`,
  );

/** Which file is taken as the primary, whichever comes first, and what decided. */
function roles(files: Files): Record<"given" | "swapped", [keyof Files, RoleEvidence]> {
  const primary = configOf(files.primary);
  const secondary = configOf(files.secondary);
  const chosen = ({ primary: found, from }: ReturnType<typeof rolesOf>): [keyof Files, RoleEvidence] => [
    found === primary ? "primary" : "secondary",
    from,
  ];
  return { given: chosen(rolesOf(primary, secondary)), swapped: chosen(rolesOf(secondary, primary)) };
}

test.for([
  ["that has a target", small, "target"],
  ["that has a target, whatever the advskews", withSkews(small, "200", "0"), "target"],
  [
    "that has a target, where the other one is empty",
    change(small, "secondary", "\t</hasync>", `${empty}\t</hasync>`),
    "target",
  ],
  [
    "that has a target, even one that is no address",
    change(small, "primary", ">10.99.0.2</sync", ">brook-b</sync"),
    "target",
  ],
  ["with the lower advskews, if neither has a target", noTarget, "advskew"],
  ["with the lower advskews, if both have a target", bothTargets, "advskew"],
  ["whose advskew is empty, which is 0", withSkews(noTarget, "", "1"), "advskew"],
] as const)("the primary is the node %s", ([, files, evidence]) => {
  expect(roles(files)).toEqual({ given: ["primary", evidence], swapped: ["primary", evidence] });
});

test.for([
  ["the advskews are equal", withSkews(noTarget, "0", "0")],
  ["each node is faster once", change(noTarget, "primary", /(<vhid>2<\/vhid>\s*<advskew>)0/, "$1200")],
  ["there are no twins", change(noTarget, "secondary", /<vhid>\d<\/vhid>/g, "<vhid>77</vhid>")],
  ["no advskew can be read", change(noTarget, "secondary", /<advskew>100<\/advskew>/g, "<advskew>low</advskew>")],
] as const)("the first file is the primary if %s", ([, files]) => {
  expect(roles(files)).toEqual({ given: ["primary", "order"], swapped: ["secondary", "order"] });
});

test("the user's word counts more than the files", () => {
  const first = configOf(small.primary);
  const second = configOf(small.secondary);
  expect(rolesOf(first, second, second)).toEqual({ primary: second, secondary: first, from: "option" });
});
