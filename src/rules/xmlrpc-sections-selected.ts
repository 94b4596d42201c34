import { type SyncBox, syncBoxes } from "../model/hasync.ts";
import { selectsNothing, unselected } from "./_sections.ts";
import type { Rule } from "./rule.ts";

const needed: readonly SyncBox[] = [
  "rules",
  "nat",
  "aliases",
  "virtualip",
  "dhcpd",
  "dnsforwarder",
  "ipsec",
  "openvpn",
];

export const xmlrpcSectionsSelected: Rule = {
  id: "xmlrpc-sections-selected",
  severity: "warning",
  summary: "The sections that a pair depends on are selected for XMLRPC sync.",
  fix: "unsafe",
  options: {
    sections: {
      default: needed,
      description: "The sections to ask for, by the names behind `synchronize`.",
      schema: { type: "array", items: { enum: syncBoxes }, uniqueItems: true },
    },
    require: {
      default: "used",
      description: "`used` asks for a section if the primary has something in it, `all` always.",
      schema: { enum: ["used", "all"] },
    },
  },

  notApplicable: selectsNothing,

  check: ({ primary }, { options }) =>
    unselected(primary, options["sections"] as readonly SyncBox[], options["require"] !== "all"),
};
