import type { ClusterNode } from "../cluster/cluster.ts";
import { privateNetworks, shippedBogons } from "../model/address.ts";
import { remove } from "../model/edit.ts";
import type { Interface } from "../model/interfaces.ts";
import { type Covered, covered, requireOption, sharedInterfaces } from "./_blocking.ts";
import type { Rule } from "./rule.ts";

export const wanBogonBlocking: Rule = {
  id: "wan-bogon-blocking",
  severity: "error",
  summary: "Interfaces in bogon or private networks do not block bogons.",
  fix: "unsafe",
  options: { require: requireOption },

  *check(cluster, { options }) {
    for (const node of cluster.nodes) {
      for (const entry of sharedInterfaces(cluster, node)) {
        const { tree, at } = entry.blockBogons;
        if (!tree) continue;
        const found = bogon(node, entry);
        if (!found && options["require"] !== "disabled") continue;
        yield {
          at,
          message: `blocking of bogons on ${entry.title}: expected off, ${found?.reason ?? "as the configuration file asks"}, found on`,
          subject: entry.subject,
          related: found ? [{ at: found.place.at, message: "the address that it is about" }] : [],
          fix: { title: `switch it off on ${entry.title}`, safe: false, edits: [remove(tree)] },
        };
      }
    }
  },
};

/** Why an interface is no place to block bogons: what it holds is dropped now, or may be after a download. */
function bogon(node: ClusterNode, entry: Interface): { readonly reason: string; readonly place: Covered } | undefined {
  const shipped = covered(node, entry, shippedBogons);
  if (shipped) return { place: shipped, reason: `because ${shipped.what} is on the list that pfSense ships` };
  const own = covered(node, entry, privateNetworks);
  return (
    own && {
      place: own,
      reason: `because ${own.what} is private: the shipped list drops nothing of it, a downloaded list may`,
    }
  );
}
