import { selectedSections } from "../behaviour/xmlrpc-sync.ts";
import { matchBy } from "../cluster/match.ts";
import type { Rule } from "./rule.ts";

export const packageAcmeBoth: Rule = {
  id: "package-acme-both",
  severity: "info",
  summary: "ACME renews certificates on the primary only.",
  fix: "none",

  notApplicable: ({ primary, nodes }) => {
    if (!nodes.every(({ config }) => config.acmeCertificates.length > 0)) return "no ACME certificate on both nodes";
    return selectedSections(primary).includes("cert") ? undefined : "certificates are not selected for XMLRPC sync";
  },

  *check({ primary, secondary }) {
    const certificates = matchBy(primary.acmeCertificates, secondary.acmeCertificates, ({ name }) => name.text);
    for (const { primary: ours, secondary: theirs } of certificates.pairs) {
      if (!ours.isRenewed || !theirs.isRenewed) continue;
      yield {
        at: theirs.status.at,
        message: `ACME certificate ${theirs.name.text}: expected its renewal disabled on the secondary, found it active on both nodes, so the next sync replaces what the secondary renews`,
        subject: theirs.subject,
        related: [{ at: ours.status.at, message: "the certificate on the primary" }],
        help: "disable it under Services > ACME Certificates on the secondary, which gets the primary's by XMLRPC sync",
      };
    }
  },
};
