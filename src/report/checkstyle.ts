import { compareText, type Diagnostic, type Run } from "../diagnostic.ts";
import { attributes } from "./xml.ts";

/** Checkstyle's XML: all files of the run, those without diagnostics empty. */
export function checkstyle({ reports }: Run): string {
  const files = new Map<string, Diagnostic[]>();
  for (const { primary, secondary, diagnostics } of reports) {
    for (const { source } of [primary, secondary]) if (!files.has(source.path)) files.set(source.path, []);
    for (const diagnostic of diagnostics) {
      const { path } = diagnostic.at.source;
      files.set(path, [...(files.get(path) ?? []), diagnostic]);
    }
  }
  const elements = [...files]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, found]) => `  <file${attributes({ name })}>\n${found.map(errorXml).join("")}  </file>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="8.0">\n${elements.join("")}</checkstyle>\n`;
}

function errorXml({ at, severity, message, rule }: Diagnostic): string {
  const { line, column } = at.source.position(at.start);
  return `    <error${attributes({ line, column, severity, message, source: `pfha-lint.${rule}` })}/>\n`;
}
