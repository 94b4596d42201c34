import type { Rule } from "./rule.ts";

export const versionMatch: Rule = {
  id: "version-match",
  severity: "error",
  summary: "Both nodes have the same config version.",
  fix: "none",
  partial: true,

  *check({ primary, secondary }) {
    const expected = primary.version;
    const found = secondary.version;
    if (expected.empty || found.empty || primary.sharesVersionWith(secondary)) return;
    yield {
      at: found.at,
      message: `config version: expected ${expected.text} as on the primary, found ${found.text}`,
      subject: "version",
      related: [{ at: expected.at, message: "the primary's config version" }],
      help: "upgrade the older node; XMLRPC sync gives up until the two are equal",
    };
  },
};
