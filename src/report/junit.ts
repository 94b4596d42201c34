import { atLeast, type Diagnostic, type Report, type Run } from "../diagnostic.ts";
import { count, printable } from "./printable.ts";
import { detailLines } from "./text.ts";
import { attributes, escapeMarkup } from "./xml.ts";

/**
 * JUnit's XML: a suite for each cluster, a test for each rule. A rule fails if a diagnostic of it makes the run fail;
 * what is milder is told in the test's output.
 */
export function junit(run: Run): string {
  const suites = run.reports.map((report) => suiteOf(report, run));
  const sum = (of: "tests" | "failures" | "skipped"): number => suites.reduce((total, suite) => total + suite[of], 0);
  const totals = {
    name: "pfha-lint",
    tests: sum("tests"),
    failures: sum("failures"),
    errors: 0,
    skipped: sum("skipped"),
  };
  const body = suites.map(({ xml }) => xml).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes(totals)}>\n${body}</testsuites>\n`;
}

interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

function suiteOf(report: Report, { failOn }: Run): Suite {
  const { primary, secondary, diagnostics, notApplicable } = report;
  const reasons = new Map(notApplicable.map(({ rule, reason }) => [rule, reason]));
  const rules = new Set([...report.rules.keys(), ...diagnostics.map(({ rule }) => rule)]);
  const cases = [...rules].sort().map((rule) => {
    const found = diagnostics.filter((diagnostic) => diagnostic.rule === rule);
    const failing = found.filter(({ severity }) => failOn !== "never" && atLeast(severity, failOn));
    return { rule, reason: reasons.get(rule), failing, mild: found.filter((one) => !failing.includes(one)) };
  });
  const name = report.name ?? `${primary.source.path} and ${secondary.source.path}`;
  const failures = cases.filter(({ failing }) => failing.length > 0).length;
  const skipped = cases.filter(({ reason }) => reason !== undefined).length;
  const totals = { name, tests: cases.length, failures, errors: 0, skipped };
  const body = cases.map(({ rule, reason, failing, mild }) => {
    const inner = [
      reason === undefined ? "" : `      <skipped${attributes({ message: reason })}/>\n`,
      failureXml(failing, report),
      mild.length === 0 ? "" : `      <system-out>${escapeMarkup(told(mild, report))}</system-out>\n`,
    ].join("");
    const head = `    <testcase${attributes({ classname: `pfha-lint.${name}`, name: rule })}`;
    return inner === "" ? `${head}/>\n` : `${head}>\n${inner}    </testcase>\n`;
  });
  const xml = `  <testsuite${attributes(totals)}>\n${body.join("")}  </testsuite>\n`;
  return { xml, tests: cases.length, failures, skipped };
}

function failureXml(failing: readonly Diagnostic[], report: Report): string {
  const [first] = failing;
  if (!first) return "";
  const more = failing.length > 1 ? ` (and ${count(failing.length - 1, "more place")})` : "";
  const head = attributes({ type: first.severity, message: `${first.message}${more}` });
  return `      <failure${head}>${escapeMarkup(told(failing, report))}</failure>\n`;
}

function told(diagnostics: readonly Diagnostic[], report: Report): string {
  const parts = diagnostics.map((diagnostic) => {
    const { source, start } = diagnostic.at;
    const { line, column } = source.position(start);
    const head = `${printable(source.path)}:${line}:${column}: ${diagnostic.severity}: ${printable(diagnostic.message)}`;
    return [head, ...detailLines(diagnostic, report.secrets)].join("\n");
  });
  return parts.join("\n");
}
