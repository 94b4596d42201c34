import { setText } from "../model/edit.ts";
import type { Rule } from "./rule.ts";

/** The kinds of IKE that know MOBIKE. */
const withMobike = new Set(["ikev2", "auto"]);

export const ipsecMobikeOff: Rule = {
  id: "ipsec-mobike-off",
  severity: "warning",
  summary: "IPsec tunnels on a CARP VIP do not use MOBIKE.",
  fix: "unsafe",

  notApplicable: ({ primary }) =>
    primary.phase1s.some((one) => !one.disabled.on && one.interface.text.startsWith("_vip"))
      ? undefined
      : "no IPsec tunnel on a VIP",

  *check({ primary }) {
    for (const { disabled, interface: field, ikeType, mobike, title, subject } of primary.phase1s) {
      if (disabled.on || !field.text.startsWith("_vip") || !withMobike.has(ikeType.text)) continue;
      if (mobike.text !== "on") continue;
      yield {
        at: mobike.at,
        message: `${title}: expected MOBIKE off on a VIP, found it on`,
        subject,
        related: [{ at: field.at, message: "the VIP that it starts from" }],
        fix: { title: "turn MOBIKE off", safe: false, edits: [setText(mobike, "off")] },
      };
    }
  },
};
