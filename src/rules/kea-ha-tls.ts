import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Config } from "../model/config.ts";
import type { KeaHa } from "../model/kea.ts";
import { type KeaPair, keaPairs, missingCertificates, withoutKeaPair } from "./_kea.ts";
import type { Problem, Rule } from "./rule.ts";

export const keaHaTls: Rule = {
  id: "kea-ha-tls",
  severity: "error",
  summary: "Both Kea servers use TLS, with certificates they have, or neither does.",
  fix: "none",

  notApplicable: withoutKeaPair,

  *check(cluster) {
    for (const pair of keaPairs(cluster)) {
      const { primary, secondary, title } = pair;
      if (primary.tls.on !== secondary.tls.on) yield oneSided(pair, "tls");
      else if (primary.tls.on && primary.mutualTls.on !== secondary.mutualTls.on) yield oneSided(pair, "mutualTls");
      yield* withoutCertificate(title, primary, cluster.primary, "the primary");
      yield* withoutCertificate(title, secondary, afterSync(cluster).onceThrough, "the secondary after a sync");
    }
  },
};

function oneSided({ primary, secondary, title }: KeaPair, name: "tls" | "mutualTls"): Problem {
  const [ours, theirs] = [primary[name], secondary[name]];
  return {
    at: theirs.at,
    message: `${title}: expected ${ours.name} on both nodes or on neither, found it on the ${ours.on ? "primary" : "secondary"} only`,
    subject: secondary.subject,
    related: [{ at: ours.at, message: "the primary's setting" }],
    help: "set TLS the same on both nodes; XMLRPC sync does not carry it",
  };
}

function* withoutCertificate(title: string, ha: KeaHa, config: Config, holder: string): Iterable<Problem> {
  for (const field of missingCertificates(ha, config)) {
    yield {
      at: field.at,
      message: `${title}: expected ${field.name} to name a certificate of ${holder}, found ${field.text}, which it lacks`,
      subject: ha.subject,
      help: "choose a certificate that is there; where certificates are synchronised, one that the primary has",
    };
  }
}
