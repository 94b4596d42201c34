import { type Span, spanText } from "../source.ts";
import { faultProblems } from "./_faults.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const xmlMixedContent: Rule = {
  id: "xml-mixed-content",
  severity: "error",
  summary: "An element holds either text or other elements.",
  fix: "unsafe",
  partial: true,

  check: (cluster) => faultProblems(cluster, ["text-and-elements"], ({ blanks }) => blanks && withoutSpaces(blanks)),
};

/** Not safe: where the spaces replaced a section, that section comes back to life. */
const withoutSpaces = (blanks: readonly Span[]): DraftFix => ({
  title: "remove the spaces",
  safe: false,
  edits: blanks.map((at) => ({ at, text: lineBreak(spanText(at)) })),
});

/** The last line break of some white space with the indentation behind it, unless a reader would keep that too. */
function lineBreak(text: string): string {
  const [kept = "", indent = ""] = /(?:\r\n?|\n)([ \t]*)$/.exec(text) ?? [];
  return /^\t* *\t*$/.test(indent) ? kept : kept.replaceAll(" ", "");
}
