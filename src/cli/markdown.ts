import type { Paint } from "../report/text.ts";

/** The Markdown of this project's own pages, for a terminal: no mark-up that a reader would stumble over. */
export function readable(markdown: string, paint: Paint): string {
  let code = false;
  const lines = markdown
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .split("\n")
    .flatMap((line) => {
      if (/^```/.test(line)) {
        code = !code;
        return [];
      }
      if (code) return [line === "" ? "" : `    ${line}`];
      if (/^\|[\s|:-]+\|$/.test(line)) return [];
      const heading = /^#+ (.*)$/.exec(line)?.[1];
      return [heading === undefined ? inline(line, paint) : paint.strong(inline(heading, paint))];
    });
  return `${lines.join("\n").trim()}\n`;
}

const inline = (line: string, paint: Paint): string =>
  line
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, text: string, url: string) => (text === url ? url : `${text} (${url})`))
    .replace(/<(https?:[^>]+)>/g, "$1")
    .replace(/`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, (all, code, bold, slanted) =>
      code === undefined ? paint.strong(String(bold ?? slanted ?? all)) : all,
    );
