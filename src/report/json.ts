import type { Diagnostic, Edit, NodeInfo, Report, Run, Severity } from "../diagnostic.ts";
import type { Position, Source, Span } from "../source.ts";

/** Where the rules' pages are, for links. */
export const docsUrl = (rule: string): string => `docs/rules/${rule}.md`;

/** One JSON object, described by schema/report.schema.json. */
export const json = (run: Run): string => `${JSON.stringify(jsonReport(run), undefined, 2)}\n`;

export function jsonReport(run: Run): unknown {
  return {
    schemaVersion: 1,
    tool: { name: "pfha-lint", version: run.toolVersion },
    exitCode: run.exitCode,
    clusters: run.reports.map(clusterJson),
  };
}

function clusterJson(report: Report): unknown {
  const of = (severity: Severity): number => report.diagnostics.filter((one) => one.severity === severity).length;
  return {
    name: report.name ?? null,
    primary: nodeJson(report.primary),
    secondary: nodeJson(report.secondary),
    rolesFrom: report.rolesFrom,
    diagnostics: report.diagnostics.map((diagnostic) => diagnosticJson(report, diagnostic)),
    summary: {
      errors: of("error"),
      warnings: of("warning"),
      infos: of("info"),
      fixable: report.diagnostics.filter(({ fix }) => fix?.safe).length,
      rulesChecked: report.rulesChecked,
    },
    notApplicable: report.notApplicable,
    accepted: report.accepted.map(({ diagnostic, reason }) => ({
      rule: diagnostic.rule,
      subject: diagnostic.subject,
      reason,
    })),
  };
}

const nodeJson = ({ source, name, version }: NodeInfo): unknown => ({ file: source.path, name, version });

export interface SpanJson {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

export const spanJson = ({ source, start, end }: Span): SpanJson => ({
  file: source.path,
  start: source.position(start),
  end: source.position(end),
});

export function diagnosticJson(report: Report, diagnostic: Diagnostic): unknown {
  const { rule, severity, message, node, at, path, subject, related, fix, help } = diagnostic;
  return {
    rule,
    severity,
    message,
    node: node ?? null,
    ...spanJson(at),
    path,
    subject,
    related: related.map((other) => ({
      node: roleIn(report, other.at.source),
      ...spanJson(other.at),
      message: other.message,
    })),
    fix: fix ? { title: fix.title, safe: fix.safe, edits: fix.edits.map(editJson) } : null,
    help: help ?? null,
    docs: docsUrl(rule),
  };
}

/** A text that holds a secret is null: `pfha-lint fix` writes it, no report shows it. */
const editJson = ({ at, text, secret }: Edit): unknown => ({ ...spanJson(at), text: secret ? null : text });

const roleIn = ({ primary, secondary }: Report, source: Source): string | null =>
  source === primary.source ? "primary" : source === secondary.source ? "secondary" : null;
