import { expect, test } from "vitest";
import { carpAdvskewOrder as rule } from "../../src/rules/carp-advskew-order.ts";
import { change, fixed, report, small } from "../support/pair.ts";
import { setVip, withoutVipSync } from "../support/vips.ts";

/** Skew, and base if it is not 1, of VHID 2 on the primary and on the secondary. */
const pace = (primary: readonly string[], secondary: readonly string[]) => {
  const one = (files: typeof small, where: "primary" | "secondary", [skew = "", base = "1"]: readonly string[]) =>
    setVip(setVip(files, where, 2, "advskew", skew), where, 2, "advbase", base);
  return one(one(small, "primary", primary), "secondary", secondary);
};

test.for([
  ["one step apart", pace(["7"], ["8"])],
  ["a longer base, whatever the skew", pace(["100"], ["0", "2"])],
  ["an advskew that is no number, which xml-field-readable reports", pace(["0"], ["none"])],
  ["an advskew that the kernel refuses, which carp-value-range reports", pace(["255"], ["254"])],
  ["two VHIDs, so two elections", change(pace(["0"], ["0"]), "secondary", "<vhid>2</vhid>", "<vhid>3</vhid>")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["a tie", pace(["20"], ["20"])],
  ["a secondary that is faster", pace(["100"], ["0"])],
  ["two missing values, both 0", setVip(setVip(small, "both", 2, "advskew", undefined), "both", 2, "advbase", "")],
  ["240 and 254, which are advertised as one", pace(["240"], ["254"])],
  ["a shorter base, whatever the skew", pace(["0", "2"], ["240"])],
] as const)("reports %s", async ([, files]) => {
  expect(await report(rule, files)).toContain("VHID 2 on lan: expected");
});

test("points at the VIP where the secondary has no advskew", async () => {
  expect(await report(rule, setVip(small, "secondary", 2, "advskew", undefined))).toMatch(
    /^secondary.xml:202:3: error/,
  );
});

test("says what both nodes do where the bases differ", async () => {
  expect(await report(rule, pace(["0", "2"], ["100"]))).toContain(
    "expected the secondary to advertise more slowly than advbase 2 and advskew 0, found advbase 1 and advskew 100",
  );
});

test("fixes the skew, nothing else, and has nothing left to report", async () => {
  expect(await fixed(rule, pace(["20"], ["0"]))).toEqual(pace(["20"], ["120"]));
});

test.for(["140", "239", "240", "254"])("gives both another skew where sync leaves no room above %s", async (skew) => {
  const files = pace([skew], ["0"]);
  expect(await report(rule, files)).toContain(
    "fix: set advskew 0 on the primary and 100 on the secondary (unsafe: may change traffic)\n",
  );
  expect(await fixed(rule, files)).toEqual(pace(["0"], ["100"]));
  expect(await report(rule, withoutVipSync(files))).not.toContain("fix:");
});

test("writes what sync would where that leaves room, be it little", async () => {
  expect(await fixed(rule, pace(["139"], ["0"]))).toEqual(pace(["139"], ["239"]));
});

test.for([
  ["the bases differ, so the base may be what is wrong", pace(["0", "2"], ["100"])],
  ["the primary has none, which sync would copy", pace([""], ["0"])],
  ["virtual IPs are not synced", withoutVipSync(pace(["0"], ["0"]))],
  ["nothing is synced", change(pace(["0"], ["0"]), "primary", /<synchronizetoip>.*?<\/synchronizetoip>/, "")],
] as const)("offers no fix when %s", async ([, files]) => {
  const found = await report(rule, files);
  expect(found).toContain(rule.id);
  expect(found).not.toContain("fix:");
});
