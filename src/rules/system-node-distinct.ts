import { copiedAddresses } from "./_clone.ts";
import type { Rule } from "./rule.ts";

export const systemNodeDistinct: Rule = {
  id: "system-node-distinct",
  severity: "error",
  summary: "The two files describe two different nodes.",
  fix: "none",

  *check(cluster) {
    const { primary, secondary } = cluster;
    const count = copiedAddresses(cluster);
    if (count === 0) return;
    yield {
      at: secondary.tree.section("interfaces").at,
      message: `secondary: expected a node of its own, found the primary's host name ${secondary.system.hostname.text} and all of its ${count} static addresses`,
      subject: "node",
      related: [{ at: primary.tree.section("interfaces").at, message: "the primary's interfaces" }],
      help: "export the configuration of the other node; if this is it, give it a name and addresses of its own",
    };
  },
};
