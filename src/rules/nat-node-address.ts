import { natStays, ownAddresses } from "./_nat.ts";
import type { Rule } from "./rule.ts";

export const natNodeAddress: Rule = {
  id: "nat-node-address",
  severity: "error",
  summary: "No synced NAT entry names an address that only the primary has.",
  fix: "none",

  notApplicable: natStays,

  *check({ primary }) {
    for (const { title, subject, field, address, owner } of ownAddresses(primary)) {
      yield {
        at: field.at,
        message: `${title}: expected an address that both nodes can hold, found ${field.text}, the primary's own on ${owner.title}`,
        subject,
        related: [{ at: owner.addressField(address.family).at, message: "the primary's address" }],
        help: "name a CARP VIP, or an IP alias stacked on one",
      };
    }
  },
};
