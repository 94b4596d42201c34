import { notCarried } from "./_sync.ts";
import type { Rule } from "./rule.ts";

export const syncWebguiCertificate: Rule = {
  id: "sync-webgui-certificate",
  severity: "warning",
  summary: "The secondary's web GUI certificate survives XMLRPC sync.",
  fix: "none",

  notApplicable: notCarried("certificates", "cert"),

  *check({ primary, secondary }) {
    const { certificate, protocol } = secondary.system.webGui;
    const kept = primary.tree.list("cert").some((cert) => cert.textOf("refid") === certificate.text);
    if (protocol.text !== "https" || certificate.empty || kept) return;
    const own = secondary.tree.list("cert").find((cert) => cert.textOf("refid") === certificate.text);
    yield {
      at: certificate.at,
      message: `web GUI certificate: expected one that the primary has too, found ${own ? `"${own.textOf("descr")}", which each sync removes` : `${certificate.text}, which neither node has`}`,
      subject: "system/webgui/ssl-certref",
      related: own ? [{ at: own.open, message: "the certificate, on the secondary only" }] : [],
      help: own
        ? "import the secondary's certificate on the primary, from where it comes back with every sync"
        : "create a certificate for it on the primary, let it sync, and choose it on the secondary",
    };
  },
};
