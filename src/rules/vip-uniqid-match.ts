import type { Cluster } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import type { Edit } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import { setText } from "../model/edit.ts";
import { isSecretName } from "../model/secret.ts";
import type { Tree } from "../model/tree.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { spanText } from "../source.ts";
import { asSyncWrites, withoutTwins } from "./_twins.ts";
import { boundVips, misnamed } from "./_vips.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const vipUniqidMatch: Rule = {
  id: "vip-uniqid-match",
  severity: "warning",
  summary: "A VIP has the same uniqid on both nodes.",
  fix: "safe",

  notApplicable: withoutTwins,

  *check(cluster) {
    for (const pair of misnamed(cluster)) {
      const { primary, secondary } = pair;
      yield {
        at: secondary.uniqid.at,
        message: `${secondary.title}: expected uniqid ${primary.uniqid.text} as on the primary, found ${secondary.uniqid.text || "none"}`,
        subject: secondary.subject,
        related: [{ at: primary.uniqid.at, message: "the primary's uniqid" }],
        fix: rename(cluster, pair),
        help: "let XMLRPC sync write the virtual IPs, and then correct what on the secondary refers to the old uniqid",
      };
    }
  },
};

/** None where the primary's uniqid names another VIP of the secondary, so that references to it are ambiguous. */
function rename(cluster: Cluster, { primary, secondary }: Pair<Vip>): DraftFix | undefined {
  const [from, to] = [secondary.uniqid.text, primary.uniqid.text];
  if (!/^\w+$/.test(to) || boundVips(cluster.secondary).some(({ uniqid }) => uniqid.text === to)) return undefined;
  return asSyncWrites(
    cluster,
    `write the primary's uniqid, ${to}, and the secondary's references to it`,
    setText(secondary.uniqid, to),
    ...(/^\w+$/.test(from) ? references(cluster.secondary, from, `_vip${to}`) : []),
  );
}

/** Every `_vip<uniqid>` in the file, alone or in a list, also in what packages keep (`_vip<uniqid>_ipv4`). */
function references({ tree }: Config, uniqid: string, replacement: string): readonly Edit[] {
  const reference = new RegExp(`_vip${uniqid}(?![0-9A-Za-z])`, "g");
  const edits: Edit[] = [];
  const visit = (element: Tree): void => {
    for (const child of element.children) visit(child);
    if (!element.isLeaf || isSecretName(element.name) || !element.text.includes("_vip")) return;
    const { source, start } = element.at;
    for (const { 0: found, index } of spanText(element.at).matchAll(reference)) {
      edits.push({ at: source.span(start + index, start + index + found.length), text: replacement });
    }
  };
  visit(tree);
  return edits;
}
