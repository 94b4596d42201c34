import type { Rule } from "./rule.ts";

export const xmlFieldReadable: Rule = {
  id: "xml-field-readable",
  severity: "error",
  summary: "Addresses, prefixes, ports and numbers can be read as such.",
  fix: "none",

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const { owner, entry } of config.checkedEntries) {
        for (const field of entry.checked) {
          if (!field.unreadable) continue;
          yield {
            at: field.at,
            message: `<${field.name}> of ${owner.subject}: expected ${field.kind}, found ${field.text}`,
            subject: `${owner.subject}/${field.name}`,
            help: "correct the value; other rules stay silent about it until then",
          };
        }
      }
    }
  },
};
