import { privateNetworks } from "../model/address.ts";
import { remove } from "../model/edit.ts";
import { covered, requireOption, sharedInterfaces } from "./_blocking.ts";
import type { Rule } from "./rule.ts";

export const wanPrivateBlocking: Rule = {
  id: "wan-private-blocking",
  severity: "error",
  summary: "Interfaces in private networks do not block private networks.",
  fix: "unsafe",
  options: { require: requireOption },

  *check(cluster, { options }) {
    for (const node of cluster.nodes) {
      for (const entry of sharedInterfaces(cluster, node)) {
        const { tree, at } = entry.blockPrivate;
        if (!tree || node.config.isBridgeMember(entry.key)) continue;
        const found = covered(node, entry, privateNetworks);
        if (!found && options["require"] !== "disabled") continue;
        const reason = found ? `because ${found.what} is private` : "as the configuration file asks";
        yield {
          at,
          message: `blocking of private networks on ${entry.title}: expected off, ${reason}, found on`,
          subject: entry.subject,
          related: found ? [{ at: found.at, message: "the private address" }] : [],
          fix: { title: `switch it off on ${entry.title}`, safe: false, edits: [remove(tree)] },
        };
      }
    }
  },
};
