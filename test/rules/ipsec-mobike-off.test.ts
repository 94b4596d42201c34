import { expect, test } from "vitest";
import { ipsecMobikeOff as rule } from "../../src/rules/ipsec-mobike-off.ts";
import { addPhase1, wanVip } from "../support/bindings.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const vip = `_vip${wanVip}`;

test.for([
  ["MOBIKE off", { interface: vip, mobike: "off" }],
  ["no word about MOBIKE", { interface: vip }],
  ["IKEv1, which has no MOBIKE", { interface: vip, mobike: "on", iketype: "ikev1" }],
  ["an interface", { interface: "wan", mobike: "on" }],
  ["a disabled tunnel", { interface: vip, mobike: "on", disabled: "" }],
] as const)("accepts %s", async ([, fields]) => {
  expect(await report(rule, addPhase1(small, fields))).toBe("");
});

test("looks at each tunnel alone", async () => {
  const more = (fields: string): string =>
    `<phase1><ikeid>2</ikeid><iketype>ikev2</iketype><mobike>on</mobike>${fields}</phase1></ipsec>`;
  const files = addPhase1(small, { interface: vip });
  const off = change(files, "both", "</ipsec>", more(`<disabled></disabled><interface>${vip}</interface>`));
  expect(await report(rule, off)).toBe("");
  expect(await report(rule, change(files, "both", "</ipsec>", more("<interface>wan</interface>")))).toBe("");
  const on = change(off, "both", "<disabled></disabled>", "");
  expect(await report(rule, on)).toContain("IPsec tunnel 2: expected MOBIKE off");
});

test.for(["ikev2", "auto"])("turns it off for %s", async (iketype) => {
  const after = await fixed(rule, addPhase1(small, { interface: vip, mobike: "on", iketype }));
  expect(after.primary).toContain("<mobike>off</mobike>");
  expect(await report(rule, after)).toBe("");
});
