import type { SectionName } from "../behaviour/xmlrpc-sync.ts";
import { driftIn, keaDrift, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

/** What no other rule of this kind looks at. */
const sections: readonly SectionName[] = [
  "schedules",
  "cert",
  "ca",
  "crl",
  "authserver",
  "shaper",
  "dnshaper",
  "wol",
  "dhcrelay",
  "dhcrelay6",
  "captiveportal",
  "voucher",
  "dhcpdv6",
];

/** What each node keeps to itself of the captive portal. */
const local = /^(?:enablebackwardsync|backwardsync\w+|vouchersync\w+)$/;

export const syncOtherCurrent: Rule = {
  id: "sync-other-current",
  severity: "warning",
  summary: "The secondary's remaining synced sections are what XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("any other section", ...sections, "kea6"),

  *check(cluster) {
    yield* outdated(cluster, driftIn(cluster, ...sections), (field) => !local.test(field));
    yield* outdated(cluster, keaDrift(cluster, "kea6"));
  },
};
