import { networksAgree, sharedInterfaces } from "./_interfaces.ts";
import type { Rule } from "./rule.ts";

export const interfaceVlanMatch: Rule = {
  id: "interface-vlan-match",
  severity: "warning",
  summary: "An interface uses the same VLAN tag on both nodes.",
  fix: "none",

  *check(cluster) {
    for (const pair of sharedInterfaces(cluster)) {
      const { primary, secondary } = pair;
      const expected = cluster.primary.vlans.find(({ device }) => device === primary.device.text)?.tag;
      const found = cluster.secondary.vlans.find(({ device }) => device === secondary.device.text)?.tag;
      if (expected?.value === undefined || found?.value === undefined) continue;
      if (expected.value === found.value || !networksAgree(pair)) continue;
      yield {
        at: found.at,
        message: `${secondary.title}: expected VLAN tag ${expected.value} as on the primary, found ${found.value}`,
        subject: secondary.subject,
        related: [{ at: expected.at, message: "the primary's VLAN tag" }],
        help: "use one tag, unless the switches put both into one broadcast domain",
      };
    }
  },
};
