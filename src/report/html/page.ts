import { escapeMarkup } from "../xml.ts";

/** A page of this project, Markdown as its pages use it, as HTML. Headings begin at the third level. */
export function pageHtml(markdown: string): string {
  const blocks: string[] = [];
  const lines = markdown.replace(/<!--[\s\S]*?-->\n?/g, "").split("\n");
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? "";
    if (line.startsWith("```")) {
      const end = lines.findIndex((other, index) => index > i && other.startsWith("```"));
      const until = end === -1 ? lines.length : end;
      blocks.push(`<pre>${escapeMarkup(lines.slice(i + 1, until).join("\n"))}</pre>`);
      i = until + 1;
    } else if (/^#+ /.test(line)) {
      const level = Math.min(6, line.indexOf(" ") + 2);
      blocks.push(`<h${level}>${inline(line.replace(/^#+ /, ""))}</h${level}>`);
      i++;
    } else if (line === "") i++;
    else {
      const rest = lines.slice(i).findIndex((other) => other === "" || other.startsWith("```"));
      const paragraph = rest === -1 ? lines.slice(i) : lines.slice(i, i + rest);
      blocks.push(block(paragraph));
      i += Math.max(1, paragraph.length);
    }
  }
  return blocks.join("\n");
}

function block(lines: readonly string[]): string {
  if (lines[0]?.startsWith("|")) return table(lines);
  if (/^(?:[-*]|\d+\.) /.test(lines[0] ?? "")) {
    const items = lines.join("\n").split(/\n(?=(?:[-*]|\d+\.) )/);
    const tag = /^\d/.test(lines[0] ?? "") ? "ol" : "ul";
    return `<${tag}>${items.map((item) => `<li>${inline(item.replace(/^(?:[-*]|\d+\.) /, ""))}</li>`).join("")}</${tag}>`;
  }
  return `<p>${inline(lines.join("\n"))}</p>`;
}

function table(lines: readonly string[]): string {
  const rows = lines
    .filter((line) => !/^\|[\s|:-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => inline(cell.trim().replaceAll("\\|", "|"))),
    );
  const row = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  return `<table>${rows.map((cells, index) => row(cells, index === 0 ? "th" : "td")).join("")}</table>`;
}

/** Code first: what stands in it is no mark-up. */
const inline = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part) =>
      /^`.+`$/s.test(part) ? `<code>${escapeMarkup(part.slice(1, -1))}</code>` : spans(escapeMarkup(part)),
    )
    .join("");

const spans = (html: string): string =>
  html
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<a href="$2" rel="noreferrer">$1</a>')
    .replace(/\[([^\]]+)\]\([^)\s]+\)/g, "$1")
    .replace(/&lt;(https?:[^&\s]+)&gt;/g, '<a href="$1" rel="noreferrer">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, "<em>$1</em>");
