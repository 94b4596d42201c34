import type { Rule } from "./rule.ts";

export const syncRevisionOrder: Rule = {
  id: "sync-revision-order",
  severity: "info",
  summary: "The secondary was written after the primary's last change.",
  fix: "none",
  options: {
    seconds: {
      default: 60,
      description: "How much later the primary's last change may be, in seconds.",
      schema: { type: "integer", minimum: 0 },
    },
  },

  notApplicable: ({ primary, secondary }) => {
    if (primary.hasync.target.empty) return "the primary has no XMLRPC target";
    if (!primary.sharesVersionWith(secondary)) return "the config versions differ";
    return primary.savedAt === undefined || secondary.savedAt === undefined
      ? "one of the files does not say when it was written"
      : undefined;
  },

  *check({ primary, secondary }, { options }) {
    const [sent, received] = [primary.savedAt ?? 0, secondary.savedAt ?? 0];
    if (sent - received <= Number(options["seconds"])) return;
    yield {
      at: secondary.tree.path("revision/time").at,
      message: `last write: expected after the primary's last change of ${utc(sent)}, found ${utc(received)}`,
      subject: "revision",
      related: [{ at: primary.tree.path("revision/time").at, message: "the primary's last change" }],
      help: "export both files together; if they were, look in the primary's system log for why the last sync failed",
    };
  },
};

/** `2024-01-31 08:15:00 UTC` of a time in seconds. */
const utc = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
