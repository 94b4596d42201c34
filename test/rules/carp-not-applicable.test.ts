import { expect, test } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { change, type Files, lintFiles, small } from "../support/pair.ts";
import { withoutVipSync } from "../support/vips.ts";

const section = /\t<virtualip>.*<\/virtualip>\n/s;
const without = (where: keyof Files | "both"): Files => change(small, where, section, "");

test.for([
  [
    "no CARP VIP",
    without("both"),
    [
      "carp-advskew-headroom",
      "carp-mask-interface",
      "carp-value-range",
      "carp-vhid-match",
      "carp-vhid-unique",
      "carp-vip-match",
    ],
  ],
  [
    "no CARP VIP on both nodes",
    without("secondary"),
    [
      "carp-address-match",
      "carp-advbase-match",
      "carp-advskew-order",
      "carp-advskew-synced",
      "carp-mask-match",
      "carp-password-match",
      "carp-password-set",
    ],
  ],
  [
    "no CARP VIP on the primary",
    without("primary"),
    ["carp-interface-coverage", "carp-interval-default", "carp-subnet-member"],
  ],
  ["virtual IPs are not synced", withoutVipSync(small), ["carp-advskew-set", "carp-advskew-synced"]],
] as const)("%s: rules about what is not there say so", async ([reason, files, ids]) => {
  const { notApplicable } = await lintFiles(
    files,
    rules.filter(({ id }) => ids.some((one) => one === id)),
  );
  expect(notApplicable).toEqual(ids.map((rule) => ({ rule, reason })));
});
