import { copiedAddresses } from "./_clone.ts";
import type { Rule } from "./rule.ts";

export const systemHostnameUnique: Rule = {
  id: "system-hostname-unique",
  severity: "info",
  summary: "Each node has a host name of its own.",
  fix: "none",

  *check(cluster) {
    const expected = cluster.primary.system;
    const found = cluster.secondary.system;
    if (found.hostname.empty || found.fullName !== expected.fullName || copiedAddresses(cluster) > 0) return;
    yield {
      at: found.hostname.at,
      message: `host name of the secondary: expected one of its own, found ${found.fullName}, the primary's`,
      subject: "system/hostname",
      related: [{ at: expected.hostname.at, message: "the primary's host name" }],
      help: "give each node a name of its own, so that logs and browser tabs tell them apart",
    };
  },
};
