import type { Rule } from "./rule.ts";

export const pfsyncEnabled: Rule = {
  id: "pfsync-enabled",
  severity: "warning",
  summary: "pfsync is enabled.",
  fix: "none",

  notApplicable: ({ primary }) => (primary.carpVips.length === 0 ? "no CARP VIP on the primary" : undefined),

  *check({ primary, nodes }) {
    if (nodes.some(({ config }) => config.hasync.pfsyncEnabled.on)) return;
    yield {
      at: primary.hasync.at,
      message: "state synchronisation: expected pfsync on both nodes, found it off on both",
      subject: "hasync/pfsyncenabled",
      help: "enable pfsync on both nodes; without it addresses fail over and connections do not",
    };
  },
};
