import { type Diagnostic, type Report, type Run, severities } from "../diagnostic.ts";
import type { Picture } from "../picture.ts";
import type { Scenario } from "../simulation.ts";
import { pageHtml } from "./html/page.ts";
import { drawnScenario, pictureSvg, told } from "./html/picture.ts";
import { script } from "./html/script.ts";
import { style, wiredStyle } from "./html/style.ts";
import { docsUrl } from "./links.ts";
import { count } from "./printable.ts";
import { counts, detailLines } from "./text.ts";
import { escapeMarkup, escapeXml } from "./xml.ts";

/** One file that needs nothing else: no network, no fonts, no images. */
export function html(run: Run, pictures: ReadonlyMap<Report, Picture> = new Map()): string {
  const all = run.reports.flatMap(({ diagnostics }) => diagnostics);
  const title = `pfha-lint: ${all.length === 0 ? "no problems" : counts(all)}`;
  const wired = [...pictures.values()].some(({ simulation }) => simulation.wires !== undefined);
  const clusters = run.reports.map((report, index) => clusterHtml(report, run, pictures.get(report), index));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="generator" content="pfha-lint ${escapeXml(run.toolVersion)}">
<title>${title}</title>
<style>${style}${wired ? wiredStyle : ""}</style>
</head>
<body>
<h1>${title}</h1>
${overview(run)}${all.length > 0 ? filterHtml(all) : ""}
${clusters.join("\n")}
${pagesHtml(run)}
<script>${script(wired)}</script>
</body>
</html>
`;
}

/** Many clusters begin with a list of them. */
function overview({ reports }: Run): string {
  if (reports.length < 2) return "";
  const rows = reports.map(({ name, diagnostics, accepted }, index) => {
    const found = diagnostics.length === 0 ? '<span class="good">no problems</span>' : counts(diagnostics);
    return `<tr><td><a href="#cluster-${index + 1}">${escapeXml(name ?? `pair ${index + 1}`)}</a></td><td>${found}</td><td>${accepted.length || ""}</td></tr>`;
  });
  return `<table><tr><th>Cluster</th><th>Found</th><th>Accepted</th></tr>${rows.join("")}</table>\n`;
}

function filterHtml(diagnostics: readonly Diagnostic[]): string {
  const boxes = severities.map((severity) => {
    const number = diagnostics.filter((one) => one.severity === severity).length;
    return `<label><input type="checkbox" data-filter="${severity}" checked> <span class="${severity}">${count(number, severity)}</span></label>`;
  });
  return `<p class="filter" role="group" aria-label="Severities shown">${boxes.join("")}</p>`;
}

function clusterHtml(report: Report, run: Run, picture: Picture | undefined, index: number): string {
  const { name, primary, secondary, diagnostics, notApplicable, accepted, rulesChecked } = report;
  const title = name ?? `${primary.name || primary.source.path} and ${secondary.name || secondary.source.path}`;
  const version =
    primary.version === secondary.version ? primary.version : `${primary.version} and ${secondary.version}`;
  return `<section data-cluster="" id="cluster-${index + 1}">
<h2>${escapeXml(title)}</h2>
<p>Primary: <code>${escapeXml(primary.source.path)}</code>${bracketed(primary.name)}. Secondary: <code>${escapeXml(secondary.source.path)}</code>${bracketed(secondary.name)}. Config version ${escapeXml(version) || "unknown"}.
<span class="dim">${count(rulesChecked, "rule")} checked, ${notApplicable.length} not applicable, ${count(accepted.length, "accepted finding")}.</span></p>
${picture ? pictureHtml(picture, report) : ""}<h3>${diagnostics.length === 0 ? '<span class="good">No problems</span>' : counts(diagnostics)}</h3>
${diagnostics.map((diagnostic) => diagnosticHtml(diagnostic, report, run)).join("\n")}
${acceptedHtml(report)}</section>`;
}

const bracketed = (name: string): string => (name === "" ? "" : ` (${escapeXml(name)})`);

function pictureHtml(picture: Picture, report: Report): string {
  const { scenarios } = picture.simulation;
  const [normal] = scenarios;
  if (!normal) return `${pictureSvg(picture, report)}\n`;
  const data = JSON.stringify(scenarios.map((scenario) => drawnScenario(scenario, picture)));
  return `<figure style="margin:0">${pictureSvg(picture, report)}
<figcaption class="dim">Drawn: <span data-caption="">${escapeXml(normal.title)}</span></figcaption></figure>
<h3>Failover scenarios</h3>
<p class="hint dim">Choose one to see it drawn.</p>
<div class="wide"><table><tr><th></th><th>What happens</th>${normal.vips.map(({ address, vhid }) => `<th>${escapeXml(address)}<br><span class="dim">VHID ${vhid}</span></th>`).join("")}</tr>
${scenarios.map((scenario, index) => scenarioRow(scenario, index === 0)).join("\n")}</table></div>
<ul data-effects="">${told(normal.vips, normal.effects)
    .map(([outcome, text]) => `<li class="${outcome}">${escapeXml(text)}</li>`)
    .join("")}</ul>
<script type="application/json">${data.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")}</script>
`;
}

function scenarioRow({ id, title, ok, vips }: Scenario, chosen: boolean): string {
  const cells = vips.map(({ master, ok: fine, why }) => {
    const word = master === "both" ? "both" : master === "none" ? "nobody" : master;
    return `<td class="${fine ? "" : "bad"}" title="${escapeXml(why)}">${word}</td>`;
  });
  const mark = ok
    ? '<span class="ok" title="as it should be">✓</span>'
    : '<span class="bad" title="not as it should be">✗</span>';
  return `<tr data-scenario="${escapeXml(id)}"${chosen ? ' class="chosen"' : ""}><td>${mark}</td><td><button type="button" aria-pressed="${chosen}">${escapeXml(title)}</button></td>${cells.join("")}</tr>`;
}

function diagnosticHtml(diagnostic: Diagnostic, report: Report, run: Run): string {
  const { at, severity, message, rule } = diagnostic;
  const { line, column } = at.source.position(at.start);
  const link = run.pages?.has(rule) ? `#${rule}` : docsUrl(rule, run);
  return `<article data-severity="${severity}">
<h3><span class="${severity}">${severity}</span>: ${escapeXml(message)}</h3>
<p><code>${escapeXml(at.source.path)}:${line}:${column}</code> <a href="${escapeXml(link)}">${escapeXml(rule)}</a></p>
<pre>${escapeMarkup(detailLines(diagnostic, report.secrets).join("\n"))}</pre>
</article>`;
}

function acceptedHtml({ accepted }: Report): string {
  if (accepted.length === 0) return "";
  const rows = accepted.map(({ diagnostic, reason, until }) => {
    const cells = [diagnostic.rule, diagnostic.message, reason, until ?? ""];
    return `<tr>${cells.map((cell) => `<td>${escapeXml(cell)}</td>`).join("")}</tr>`;
  });
  return `<h3>Accepted</h3>\n<table><tr><th>Rule</th><th>Finding</th><th>Reason</th><th>Until</th></tr>${rows.join("")}</table>\n`;
}

function pagesHtml({ pages, reports }: Run): string {
  const rules = new Set(reports.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule)));
  const own = [...(pages ?? [])].filter(([rule]) => rules.has(rule)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (own.length === 0) return "";
  const sections = own.map(([rule, page]) => `<section id="${escapeXml(rule)}">\n${pageHtml(page)}\n</section>`);
  return `<h2>What the rules are about</h2>\n${sections.join("\n")}`;
}
