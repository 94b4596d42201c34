/**
 * Writes the generated parts of each rule's page, the table in the README, the schema of the configuration file, the
 * texts of --help and the man page. With --check it writes nothing, and fails if something is out of date.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { commands } from "../src/cli/commands/index.ts";
import { parseXml } from "../src/parser/xml.ts";
import { rules } from "../src/rules/index.ts";
import type { Rule } from "../src/rules/rule.ts";
import { Source } from "../src/source.ts";
import { configSchema } from "./config-schema.ts";
import { emit, finish, missing } from "./generated.ts";
import { helpTexts } from "./help.ts";
import { manPage } from "./man.ts";

/** Replaces what stands between `<!-- generated: NAME -->` and `<!-- end -->`. */
function fill(text: string, name: string, content: string): string {
  const start = `<!-- generated: ${name} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf("<!-- end -->", from);
  if (from === -1 || to === -1) return text;
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

const fixes: Record<Rule["fix"], string> = {
  safe: "Fix: safe, `pfha-lint fix` applies it.",
  unsafe: "Fix: unsafe, `pfha-lint fix --unsafe` applies it.",
  none: "No automatic fix.",
};

function head(rule: Rule): string {
  const lines = [rule.summary, "", `Severity: ${rule.severity}. ${fixes[rule.fix]}`];
  const options = Object.entries(rule.options ?? {});
  if (options.length > 0) lines.push("", "| option | default | meaning |", "| --- | --- | --- |");
  for (const [name, option] of options) {
    lines.push(`| \`${name}\` | \`${JSON.stringify(option.default)}\` | ${option.description} |`);
  }
  return lines.join("\n");
}

/** The first bad fixture: the element that the first diagnostic points into, and the report. */
function example(rule: Rule): string | undefined {
  const folder = `fixtures/rules/${rule.id}`;
  const bad = existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .find((name) => name.startsWith("bad-"))
    : undefined;
  if (bad === undefined || !existsSync(`${folder}/${bad}/expected.txt`)) return undefined;
  const report = readFileSync(`${folder}/${bad}/expected.txt`, "utf8").trimEnd();
  const place = /^(\w+\.xml):(\d+):(\d+):/.exec(report);
  const parts = [`From \`${folder}/${bad}\`:`, ""];
  if (place) {
    const [, file = "", line = "", column = ""] = place;
    const excerpt = excerptOf(readFileSync(`${folder}/${bad}/${file}`, "utf8"), Number(line), Number(column));
    if (excerpt) parts.push("```xml", excerpt, "```", "");
  }
  parts.push("```text", report, "```");
  return parts.join("\n");
}

function excerptOf(text: string, line: number, column: number): string | undefined {
  const source = new Source("", text);
  const document = parseXml(source);
  let element = document.elementAt(source.lineStart(line) + column - 1);
  if (element !== -1 && document.firstChild(element) === -1) element = document.parent(element);
  if (element === -1) return undefined;
  const first = source.position(document.start(element)).line;
  const last = source.position(document.end(element) - 1).line;
  const lines = Array.from({ length: last - first + 1 }, (_, i) => ({
    number: first + i,
    text: source.line(first + i),
  }));
  const near = lines.filter(({ number }) => number === first || number === last || Math.abs(number - line) <= 6);
  const indent = /^\s*/.exec(lines[0]?.text ?? "")?.[0].length ?? 0;
  const shown: string[] = [];
  for (const [i, { number, text: content }] of near.entries()) {
    if (i > 0 && number !== (near[i - 1]?.number ?? 0) + 1) shown.push("  …");
    shown.push(content.slice(Math.min(indent, /^\s*/.exec(content)?.[0].length ?? 0)).replaceAll("\t", "  "));
  }
  return shown.join("\n");
}

function writePages(rules: readonly Rule[]): void {
  for (const rule of rules) {
    const path = `docs/rules/${rule.id}.md`;
    if (!existsSync(path)) {
      missing(path);
      continue;
    }
    const page = fill(readFileSync(path, "utf8"), "head", head(rule));
    emit(path, fill(page, "example", example(rule) ?? ""));
  }
}

function writeReadme(rules: readonly Rule[]): void {
  if (!existsSync("README.md")) return;
  const rows = rules.map(
    ({ id, severity, fix, summary }) => `| [${id}](docs/rules/${id}.md) | ${severity} | ${fix} | ${summary} |`,
  );
  const table = ["| rule | severity | fix | what it asks for |", "| --- | --- | --- | --- |", ...rows].join("\n");
  emit("README.md", fill(readFileSync("README.md", "utf8"), "rules", table));
}

/** Each command has a page. The table of options stands where the page asks for it. */
function writeCommandPages(): void {
  for (const { name, options } of commands) {
    const path = `docs/commands/${name}.md`;
    if (!existsSync(path)) {
      missing(path);
      continue;
    }
    const rows = Object.entries(options).map(([option, { alias, describe = "", type, choices }]) => {
      const words = [`--${option}`, ...[alias ?? []].flat().map((word) => `-${word}`)].map((word) => `\`${word}\``);
      const value = type === "boolean" ? "" : choices ? choices.join(", ") : type === "number" ? "N" : "…";
      return `| ${words.join(", ")} | ${value} | ${describe.replaceAll("|", "\\|")} |`;
    });
    const table = ["| option | value | meaning |", "| --- | --- | --- |", ...rows].join("\n");
    emit(path, fill(readFileSync(path, "utf8"), "options", table));
  }
}

writePages(rules);
writeCommandPages();
emit("man/pfha-lint.1", manPage());
emit("src/cli/generated/help.json", `${JSON.stringify(await helpTexts(), undefined, 1)}\n`);
emit("schema/config.schema.json", `${JSON.stringify(configSchema(rules), undefined, 2)}\n`);
writeReadme(rules);

finish();
