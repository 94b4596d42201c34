import type { Diagnostic, Fix, Report, RuleInfo, Run, Severity } from "../diagnostic.ts";
import type { Span } from "../source.ts";
import { fingerprints } from "./fingerprint.ts";
import { docsUrl, pathUri, slashes } from "./links.ts";
import { count, jsonText, printable } from "./printable.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/** SARIF 2.1.0 (OASIS), one run for all clusters: code hosts take no two runs of one tool. */
export function sarif(run: Run): string {
  const rules = rulesOf(run);
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "pfha-lint",
            semanticVersion: run.toolVersion,
            informationUri: `https://www.npmjs.com/package/pfha-lint/v/${run.toolVersion}`,
            rules: rules.map((rule) => ruleJson(rule, run)),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: run.reports.every(({ readable }) => readable), exitCode: run.exitCode }],
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The folder in which pfha-lint ran." } } },
        results: run.reports.flatMap((report) => resultsOf(report, rules)),
      },
    ],
  };
  return jsonText(log);
}

function rulesOf({ reports }: Run): readonly RuleInfo[] {
  const byId = new Map(reports.flatMap(({ rules }) => [...rules]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function ruleJson({ id, severity, summary, fix }: RuleInfo, run: Run): unknown {
  const page = run.pages?.get(id);
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    helpUri: docsUrl(id, run),
    help: { text: page ?? `${summary} See ${docsUrl(id, run)}`, ...(page !== undefined && { markdown: page }) },
    defaultConfiguration: { level: levels[severity] },
    properties: { fix, tags: [id.split("-")[0]] },
  };
}

function resultsOf(report: Report, rules: readonly RuleInfo[]): unknown[] {
  const keys = fingerprints(report);
  const result = (diagnostic: Diagnostic): object => {
    const { rule, severity, message, at, path, subject, node, related, fix, help } = diagnostic;
    const ruleIndex = rules.findIndex(({ id }) => id === rule);
    return {
      ruleId: rule,
      ...(ruleIndex !== -1 && { ruleIndex }),
      level: levels[severity],
      message: { text: plain(message) },
      locations: [{ ...locationJson(at), ...(path !== "" && { logicalLocations: [{ fullyQualifiedName: path }] }) }],
      relatedLocations: related.map((other, id) => ({
        id: id + 1,
        ...locationJson(other.at),
        message: { text: plain(other.message) },
      })),
      partialFingerprints: { "pfhaLint/v1": printable(keys.get(diagnostic) ?? "") },
      ...(fix && showable(fix) && { fixes: [fixJson(fix)] }),
      properties: { cluster: report.name ?? null, node: node ?? null, subject, help: help ?? null },
    };
  };
  return [
    ...report.diagnostics.map(result),
    ...report.accepted.map(({ diagnostic, reason }) => ({
      ...result(diagnostic),
      suppressions: [{ kind: "external", status: "accepted", justification: printable(reason) }],
    })),
  ];
}

const locationJson = (at: Span): object => ({
  physicalLocation: { artifactLocation: artifact(at.source.path), region: regionJson(at) },
});

function regionJson({ source, start, end }: Span): object {
  const from = source.position(start);
  const to = source.position(end);
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: start,
    charLength: end - start,
  };
}

/** SARIF reads `[text](target)` as a link and `{0}` as a placeholder; in the words of a configuration they are neither. */
const plain = (message: string): string =>
  printable(message)
    .replace(/[\\[\]]/g, (character) => (/\]\(/.test(message) ? `\\${character}` : character))
    .replace(/\{(\d+)\}/g, "{{$1}}");

function artifact(path: string): object {
  const relative = !/^(?:[a-z]:)?\//i.test(slashes(path));
  return { uri: pathUri(path), ...(relative && { uriBaseId: "%SRCROOT%" }) };
}

/** A fix that would show a secret is left to `pfha-lint fix`: half of it would be a wrong one. */
const showable = ({ edits }: Fix): boolean => edits.every(({ secret }) => !secret);

function fixJson({ title, safe, edits }: Fix): unknown {
  const sources = [...new Set(edits.map(({ at }) => at.source))];
  return {
    description: { text: printable(title) },
    artifactChanges: sources.map((source) => ({
      artifactLocation: artifact(source.path),
      replacements: edits
        .filter(({ at }) => at.source === source)
        .map(({ at, text }) => ({
          deletedRegion: regionJson(at),
          insertedContent: { text },
        })),
    })),
    properties: { safe, summary: `${safe ? "safe" : "unsafe"}, ${count(edits.length, "edit")}` },
  };
}
