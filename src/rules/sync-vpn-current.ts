import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

export const syncVpnCurrent: Rule = {
  id: "sync-vpn-current",
  severity: "warning",
  summary: "The secondary's IPsec and OpenVPN settings are what XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("IPsec and OpenVPN", "ipsec", "openvpn"),

  *check(cluster) {
    yield* outdated(cluster, driftIn(cluster, "ipsec", "openvpn"));
  },
};
