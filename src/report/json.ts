import {
  compareText,
  type Diagnostic,
  type Edit,
  type NodeInfo,
  type Report,
  type Run,
  type Severity,
} from "../diagnostic.ts";
import type { Position, Source, Span } from "../source.ts";
import { frameFor } from "./frame.ts";
import { docsUrl } from "./links.ts";
import { jsonText } from "./printable.ts";

/** One JSON object, described by schema/report.schema.json. */
export const json = (run: Run): string => jsonText(jsonReport(run));

export function jsonReport(run: Run): unknown {
  return {
    schemaVersion: 1,
    tool: { name: "pfha-lint", version: run.toolVersion },
    exitCode: run.exitCode,
    failOn: run.failOn,
    rules: [...new Set(run.reports.flatMap(({ rules }) => [...rules.keys()]))].sort(compareText),
    clusters: run.reports.map((report) => clusterJson(run, report)),
  };
}

function clusterJson(run: Pick<Run, "toolVersion">, report: Report): unknown {
  const of = (severity: Severity): number => report.diagnostics.filter((one) => one.severity === severity).length;
  return {
    name: report.name ?? null,
    primary: nodeJson(report.primary),
    secondary: nodeJson(report.secondary),
    rolesFrom: report.rolesFrom,
    diagnostics: report.diagnostics.map((diagnostic) => diagnosticJson(run, report, diagnostic)),
    summary: {
      errors: of("error"),
      warnings: of("warning"),
      infos: of("info"),
      fixable: report.diagnostics.filter(({ fix }) => fix?.safe).length,
      rulesChecked: report.rulesChecked,
    },
    notApplicable: report.notApplicable,
    accepted: report.accepted.map(({ diagnostic, reason, until }) => ({
      ...diagnosticJson(run, report, diagnostic),
      reason,
      until: until ?? null,
    })),
    readable: report.readable,
  };
}

const nodeJson = ({ source, name, version }: NodeInfo): unknown => ({ file: source.path, name, version });

interface SpanJson {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

const spanJson = ({ source, start, end }: Span): SpanJson => ({
  file: source.path,
  start: source.position(start),
  end: source.position(end),
});

function diagnosticJson(run: Pick<Run, "toolVersion">, report: Report, diagnostic: Diagnostic): object {
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
    docs: docsUrl(rule, run),
    frame: frameFor(diagnostic, report.secrets),
  };
}

/** A text that holds a secret is null: `pfha-lint fix` writes it, no report shows it. */
const editJson = ({ at, text, secret }: Edit): unknown => ({ ...spanJson(at), text: secret ? null : text });

const roleIn = ({ primary, secondary }: Report, source: Source): string | null =>
  source === primary.source ? "primary" : source === secondary.source ? "secondary" : null;
