import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import { setText } from "../model/edit.ts";
import type { Rule } from "./rule.ts";

export const ipv6Allowed: Rule = {
  id: "ipv6-allowed",
  severity: "error",
  summary: "IPv6 is allowed where IPv6 CARP VIPs are.",
  fix: "unsafe",

  *check(cluster) {
    for (const { role, config } of cluster.nodes) {
      const { ipv6Allow } = config.system;
      if (ipv6Allow.on) continue;
      const synced = role === "secondary" ? afterSync(cluster).onceThrough.carpVips : [];
      const vip = [...config.carpVips, ...synced].find(({ family }) => family === 6);
      if (!vip) continue;
      yield {
        at: ipv6Allow.at,
        message: `IPv6 on the ${role}: expected allowed, because ${vip.title} is an IPv6 CARP VIP, found blocked`,
        subject: "system/ipv6allow",
        related: [{ at: vip.subnet.at, message: `${vip.title}, ${vip.subnet.text}` }],
        fix: { title: "allow IPv6", safe: false, edits: [setText(ipv6Allow, "")] },
      };
    }
  },
};
