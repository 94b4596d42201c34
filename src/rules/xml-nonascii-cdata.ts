import type { Rule } from "./rule.ts";

export const xmlNonasciiCdata: Rule = {
  id: "xml-nonascii-cdata",
  severity: "warning",
  summary: "Text beyond ASCII stands only in elements that pfSense writes as CDATA.",
  fix: "none",

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const { name, at } of config.unsavableTexts) {
        yield {
          at,
          message: `<${name}>: expected ASCII only, found a character that pfSense saves as an HTML entity`,
          subject: `xml/${name}`,
          help: "write it in ASCII; pfSense cannot read the file that the next save leaves",
        };
      }
    }
  },
};
