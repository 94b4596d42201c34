import type { Diagnostic, Run, Severity } from "../diagnostic.ts";
import { slashes } from "./links.ts";
import { printable } from "./printable.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands of GitHub Actions, which become annotations: one line for each diagnostic. */
export const github = ({ reports }: Run): string =>
  reports.flatMap(({ diagnostics }) => diagnostics.map((diagnostic) => `${command(diagnostic)}\n`)).join("");

function command({ severity, rule, message, at, related, fix, help }: Diagnostic): string {
  const start = at.source.position(at.start);
  const end = at.source.position(at.end);
  const properties = {
    file: slashes(at.source.path)
      .split(/([\r\n])/)
      .map(unlessLineEnd)
      .join(""),
    line: start.line,
    // GitHub takes columns only within one line.
    ...(start.line === end.line ? { col: start.column, endColumn: end.column } : { endLine: end.line }),
    title: rule,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const body = [
    printable(message),
    ...related.map((other) => `${placeOf(other.at)}: ${printable(other.message)}`),
    ...(fix ? [`fix: ${printable(fix.title)}`] : help === undefined ? [] : [`help: ${printable(help)}`]),
  ];
  return `::${commands[severity]} ${list.join(",")}::${escapeData(body.join("\n"))}`;
}

/** Line ends of a path are written as GitHub reads them back; what else a terminal would act upon is spelled out. */
const unlessLineEnd = (part: string): string => (part === "\r" || part === "\n" ? part : printable(part));

function placeOf({ source, start }: Diagnostic["at"]): string {
  const { line, column } = source.position(start);
  return `${printable(source.path)}:${line}:${column}`;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
