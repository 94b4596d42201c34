import { expect, test } from "vitest";
import { interfaceMacUnique as rule } from "../../src/rules/interface-mac-unique.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { fixed, report } from "../support/pair.ts";

const mac = (text: string, off = false) => ({ key: "opt2", more: `<spoofmac>${text}</spoofmac>`, off });

test("empties it on the secondary", async () => {
  const before = withInterfaces([mac("02:00:5e:00:53:01")], [mac("02:00:5E:00:53:01")]);
  expect(await fixed(rule, before)).toEqual(withInterfaces([mac("02:00:5e:00:53:01")], [mac("")]));
});

test.for([
  ["another one", [mac("02:00:5e:00:53:01")], [mac("02:00:5e:00:53:02")]],
  ["the same one on another key", [mac("02:00:5e:00:53:01")], [{ ...mac("02:00:5e:00:53:01"), key: "opt3" }]],
  ["an interface that is off", [mac("02:00:5e:00:53:01")], [mac("02:00:5e:00:53:01", true)]],
] as const)("accepts %s", async ([, primary, secondary]) => {
  expect(await report(rule, withInterfaces(primary, secondary))).toBe("");
});
