import type { Vip } from "../model/virtual-ips.ts";
import { boundVips, misnamed, withoutBoundVips } from "./_vips.ts";
import type { Rule } from "./rule.ts";

export const vipUniqidUnique: Rule = {
  id: "vip-uniqid-unique",
  severity: "warning",
  summary: "Every CARP VIP and IP alias has a uniqid of its own.",
  fix: "none",

  notApplicable: withoutBoundVips,

  *check(cluster) {
    // The rule vip-uniqid-match knows the uniqid of a VIP that the primary has as well.
    const known = new Set(misnamed(cluster).map(({ secondary }) => secondary));
    for (const { config } of cluster.nodes) {
      const first = new Map<string, Vip>();
      for (const vip of boundVips(config)) {
        const { text, at } = vip.uniqid;
        const earlier = text === "" ? undefined : first.get(text);
        if (text !== "" && !earlier) {
          first.set(text, vip);
          continue;
        }
        if (!earlier && known.has(vip)) continue;
        yield {
          at,
          message: `${vip.title}: expected a uniqid of its own, found ${earlier ? `${text}, that of ${earlier.title}` : "none"}`,
          subject: vip.subject,
          related: earlier ? [{ at: earlier.uniqid.at, message: "the first VIP with it, which references find" }] : [],
          help: "give the VIP a uniqid that no other VIP has, 13 hexadecimal digits, on the primary; sync carries it",
        };
      }
    }
  },
};
