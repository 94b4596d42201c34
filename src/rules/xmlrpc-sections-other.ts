import type { SyncBox } from "../model/hasync.ts";
import { selectsNothing, unselected } from "./_sections.ts";
import type { Rule } from "./rule.ts";

const others: readonly SyncBox[] = [
  "schedules",
  "users",
  "authservers",
  "certs",
  "staticroutes",
  "trafficshaper",
  "trafficshaperlimiter",
  "wol",
  "captiveportal",
  "dhcrelay",
  "dhcrelay6",
  "kea6",
];

export const xmlrpcSectionsOther: Rule = {
  id: "xmlrpc-sections-other",
  severity: "info",
  summary: "Other sections in use are selected for XMLRPC sync.",
  fix: "unsafe",

  notApplicable: selectsNothing,

  check: ({ primary }) => unselected(primary, others, true),
};
