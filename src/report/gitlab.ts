import type { Run, Severity } from "../diagnostic.ts";
import { fingerprints, hash } from "./fingerprint.ts";
import { slashes } from "./links.ts";
import { jsonText, printable } from "./printable.ts";

const levels: Readonly<Record<Severity, string>> = { error: "critical", warning: "minor", info: "info" };

/** The report of GitLab's Code Quality (a subset of Code Climate's). */
export function gitlab({ reports }: Run): string {
  const issues = reports.flatMap((report) => {
    const keys = fingerprints(report);
    return report.diagnostics.map((diagnostic) => {
      const { at, rule, severity, message } = diagnostic;
      return {
        description: printable(message),
        check_name: rule,
        fingerprint: hash(keys.get(diagnostic) ?? ""),
        severity: levels[severity],
        location: {
          path: slashes(at.source.path),
          lines: { begin: at.source.position(at.start).line, end: at.source.position(at.end).line },
        },
      };
    });
  });
  return jsonText(issues);
}
