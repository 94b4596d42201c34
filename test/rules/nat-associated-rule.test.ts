import { expect, test } from "vitest";
import { natAssociatedRule } from "../../src/rules/nat-associated-rule.ts";
import { forward, withNat } from "../support/nat.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const id = "<associated-rule-id>nat_1</associated-rule-id>";
const pair = (ofForward: string, ofRule: string | undefined): Files => {
  const files = withNat(small, forward("<address>198.51.100.10</address>", ofForward));
  return ofRule === undefined
    ? files
    : change(files, "both", "</filter>", `<rule><interface>wan</interface>${ofRule}</rule></filter>`);
};
const nosync = "<nosync></nosync>";

test.for([
  ["no association", pair("", undefined)],
  ["an empty one", pair("<associated-rule-id></associated-rule-id>", undefined)],
  ["pass", pair("<associated-rule-id>pass</associated-rule-id>", undefined)],
  ["a rule of that id", pair(id, id)],
  ["a rule of that id, both staying", pair(id + nosync, id + nosync)],
  ["a disabled port forward without its rule", pair(`${id}<disabled></disabled>`, undefined)],
  [
    "a rule that stays where nothing is sent",
    change(pair(id, id + nosync), "primary", "<synchronizetoip>10.99.0.2", "<synchronizetoip>"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(natAssociatedRule, files)).toBe("");
});

test.for([
  ["no such rule", pair(id, undefined), "found none"],
  ["a rule of another id", pair(id, id.replace("nat_1", "nat_2")), "found none"],
  [
    "only the port forward staying",
    pair(id + nosync, id),
    "found it on the port forward only, so the filter rule travels alone",
  ],
  [
    "only the rule staying",
    pair(id, id + nosync),
    "found it on the filter rule only, so the port forward travels alone",
  ],
] as const)("reports %s", async ([, files, found]) => {
  expect(await report(natAssociatedRule, files)).toContain(found);
});
